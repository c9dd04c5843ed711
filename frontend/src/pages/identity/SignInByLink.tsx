import { useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { api } from "../../api/client";
import { asRefusal } from "../../api/load";
import { sentenceOf, Waiting } from "../../api/problems";
import { recognise } from "../../me";
import { paths } from "../../paths";
import { signIn } from "../../text/en/signIn";
import { arrive, Title } from "../../ui/Title";

const t = signIn.byLink;

/** Takes the one-time token out of the address, so that neither history nor a shared screen keeps it. */
function takeToken(): string {
  const token = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  return token;
}

/** Redeems a sign-in link. The token stands behind the #, where no server log can see it. */
export default function SignInByLink() {
  const { route } = useLocation();
  const [reason, setReason] = useState<string>();

  useEffect(() => {
    const token = takeToken();
    if (!token) {
      setReason(t.nothing);
      return;
    }
    api.post("/v1/sign-ins/by-link", { body: { token } }).then(
      async () => {
        arrive();
        await recognise();
        route(paths.home(), true);
      },
      (error: unknown) => {
        const refusal = asRefusal(error);
        setReason([401, 404, 409, 410, 422].includes(refusal.status) ? t.reason : sentenceOf(refusal));
      },
    );
  }, []);

  return (
    <div class="wide">
      <Title>{reason ? t.failed : t.title}</Title>
      {reason ? (
        <>
          <p class="lead" role="alert">
            {reason}
          </p>
          <a class="button" href={paths.signIn()}>
            {t.other}
          </a>
        </>
      ) : (
        <Waiting />
      )}
    </div>
  );
}
