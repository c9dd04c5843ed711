from tests import make


def test_a_steward_founds_a_network_and_leads_it(acting, db):
    sunita = make.steward(db)

    answer = acting(sunita).post("/v1/communities", json={"name": "Midlands Network"})

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert body["slug"] == "midlands-network"
    assert body["member_count"] == 1
    assert "edit" in body["can"]
    assert answer.headers["etag"].startswith(f'"{body["version"]}-')


def test_the_list_says_the_same_as_the_single_read(acting, db):
    sunita = make.steward(db)
    acting(sunita).post("/v1/communities", json={"name": "Midlands Network", "topics": ["CYP"]})

    listed = acting(sunita).get("/v1/communities").json()["items"][0]

    assert listed == acting(sunita).get(f"/v1/communities/{listed['id']}").json()


def test_strangers_are_asked_to_sign_in(acting):
    assert acting(None).get("/v1/communities").status_code == 401
