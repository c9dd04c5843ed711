from fastapi import APIRouter, Request, Response

from api.core.logs import log
from api.core.problems import Forbidden, Problem, TooMany, Unauthenticated, raises
from api.core.work import AtDesk, Db, Desk, Json, Me, Work
from api.identity.sign_ins import service
from api.identity.sign_ins.schemas import LinkUse, SignInCreate, SignInRead

router = APIRouter(prefix="/v1/sign-ins", tags=["me"], route_class=Work)

_OUT = {"x-scope": "me:write"}


def _signed_in(desk: Desk, made: service.Made) -> Response:
    read = SignInRead(id=made.id, person_id=made.person_id, expires_at=made.expires_at)
    answer = Json(read.model_dump_json(), 201)
    answer.set_cookie(
        desk.house.cookie,
        made.cookie,
        max_age=round(service.LASTS.total_seconds()),
        httponly=True,
        secure=desk.house.cookie.startswith("__Host-"),
        samesite="lax",
    )
    return answer


@router.post(
    "",
    status_code=201,
    response_model=SignInRead,
    responses=raises(Unauthenticated, TooMany),
)
def sign_in(desk: AtDesk, new: SignInCreate) -> Response:
    """Sign in with an e-mail address and a password; the answer sets a cookie."""
    try:
        made = service.sign_in(desk, new.email, new.password.get_secret_value())
    except Problem as refused:
        # For whoever watches over the door; never for whom, since that may be nobody.
        log.warning("sign_in.refused", request_id=desk.request_id, problem=refused.slug())
        raise
    return _signed_in(desk, made)


@router.post(
    "/by-link",
    status_code=201,
    response_model=SignInRead,
    responses=raises(Unauthenticated),
)
def sign_in_by_link(desk: AtDesk, use: LinkUse) -> Response:
    """Sign in with the secret of a one-time link. It works once."""
    with desk.transaction() as db:
        made = service.use_link(db, use.token.get_secret_value(), desk.shown)
    return _signed_in(desk, made)


@router.delete("/current", status_code=204, responses=raises(Forbidden), openapi_extra=_OUT)
def sign_out(db: Db, me: Me, request: Request) -> Response:
    """Sign out here; other sign-ins stay."""
    service.revoke_current(db, me)
    answer = Response(status_code=204)
    house = request.app.state.house
    answer.delete_cookie(
        house.cookie, httponly=True, secure=house.cookie.startswith("__Host-"), samesite="lax"
    )
    return answer
