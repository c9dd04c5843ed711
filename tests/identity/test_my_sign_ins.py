"""The browsers somebody is signed in with."""

from tests import make


def test_somebody_sees_where_they_are_signed_in_and_which_one_is_here(signed_in, asha):
    there, here = signed_in(asha), signed_in(asha)

    listed = here.get("/v1/me/sign-ins").json()["items"]

    assert [s["current"] for s in listed] == [True, False]
    assert listed[0]["agent"] == "testclient"
    assert [s["current"] for s in there.get("/v1/me/sign-ins").json()["items"]] == [False, True]


def test_a_sign_in_that_was_ended_is_gone_with_the_next_request(signed_in, asha):
    there, here = signed_in(asha), signed_in(asha)
    theirs = next(s for s in here.get("/v1/me/sign-ins").json()["items"] if not s["current"])

    assert here.delete(f"/v1/me/sign-ins/{theirs['id']}").status_code == 204

    assert there.get("/v1/me").status_code == 401
    assert len(here.get("/v1/me/sign-ins").json()["items"]) == 1
    assert here.delete(f"/v1/me/sign-ins/{theirs['id']}").status_code == 404


def test_the_sign_ins_of_others_do_not_exist(signed_in, acting, asha, db):
    signed_in(asha)
    [theirs] = acting(asha).get("/v1/me/sign-ins").json()["items"]
    omar = make.steward(db, "Omar")

    known = acting(omar).delete(f"/v1/me/sign-ins/{theirs['id']}")
    random = acting(omar).delete(f"/v1/me/sign-ins/{make.UNKNOWN}")

    assert known.status_code == random.status_code == 404
    assert known.json()["detail"] == random.json()["detail"]
    assert acting(omar).get("/v1/me/sign-ins").json()["items"] == []
    assert len(acting(asha).get("/v1/me/sign-ins").json()["items"]) == 1


def test_long_lists_are_walked_page_by_page(signed_in, asha):
    here = [signed_in(asha) for _ in range(5)][-1]

    first = here.get("/v1/me/sign-ins?limit=3").json()
    second = here.get(f"/v1/me/sign-ins?limit=3&cursor={first['next']}").json()

    assert len(first["items"]) == 3
    assert len(second["items"]) == 2
    assert second["next"] is None
