// The frame round every page: who is here, where one can go, and where help is.

import { LocationProvider, useLocation } from "preact-iso";
import { useDoing, Waiting } from "./api/problems";
import { type Me, me, recognise, signOut, unreachable } from "./me";
import { paths } from "./paths";
import { Pages, PublicPages } from "./routes";
import { problems } from "./text/en/problems";
import { shell as t } from "./text/en/shell";
import { Mark } from "./ui/Mark";
import { Notice } from "./ui/Notice";
import { Avatar } from "./ui/people";
import { ThemeChoice } from "./ui/ThemeChoice";

// Addresses the API answers itself are left to the browser.
const ours = /^\/(?!v1\/|docs|openapi\.json|problems\/)/;

export const App = () => (
  <LocationProvider scope={ours}>
    <a class="skip" href="#main">
      {t.skip}
    </a>
    <Top />
    <main id="main" tabIndex={-1}>
      <Content />
    </main>
    <Foot />
  </LocationProvider>
);

function Content() {
  if (unreachable.value) {
    return (
      <div class="wide">
        <Notice kind="bad" title={problems.offlineTitle}>
          <p>{problems.offlineText}</p>
          <button class="button quiet" type="button" onClick={() => void recognise()}>
            {t.tryAgain}
          </button>
        </Notice>
      </div>
    );
  }
  if (me.value === undefined) {
    return (
      <div class="wide">
        <Waiting />
      </div>
    );
  }
  return me.value ? <Pages /> : <PublicPages />;
}

const Link = ({ to, under, children }: { to: string; under: RegExp; children: string }) => {
  const { path } = useLocation();
  return (
    <li>
      <a href={to} aria-current={path === to ? "page" : under.test(path) ? "true" : undefined}>
        {children}
      </a>
    </li>
  );
};

/** Says in words and a number what has come; it waits quietly until somebody looks. */
function ToInbox({ unread }: { unread: number }) {
  const { path } = useLocation();
  return (
    <a
      class="to-inbox"
      href={paths.inbox()}
      aria-current={path === paths.inbox() ? "page" : undefined}
      aria-label={unread ? t.unread(unread) : undefined}
    >
      {t.inbox}
      {unread > 0 && <span class="tag">{t.many(unread)}</span>}
    </a>
  );
}

/** Whether somebody has a desk: they coordinate an umbrella, or lead a network. */
const coordinates = ({ roles, networks }: Me): boolean =>
  roles.some(
    ({ role, state, community_id }) =>
      state === "active" &&
      (role === "coordinator" || (role === "lead" && networks.some(({ id }) => id === community_id))),
  );

function Top() {
  const person = me.value;
  return (
    <header class="top">
      <div class="wide">
        <a class="brand" href={paths.home()}>
          <Mark />
          <span>
            {t.name}
            {person?.networks.length === 1 && <small>{person.networks[0]?.name}</small>}
          </span>
        </a>
        {person && (
          <>
            <nav aria-label={t.main}>
              <ul class="nav">
                <Link to={paths.home()} under={/^\/$/}>
                  {t.home}
                </Link>
                <Link to={paths.communities()} under={/^\/(communities(?!.*\/insight$)|sessions|propos)/}>
                  {t.communities}
                </Link>
                <Link to={paths.insight()} under={/\/insight$/}>
                  {t.insight}
                </Link>
                {coordinates(person) && (
                  <Link to={paths.desk()} under={/^\/desk$/}>
                    {t.desk}
                  </Link>
                )}
              </ul>
            </nav>
            <ToInbox unread={person.unread_notices} />
            <a class="me" href={paths.settings()}>
              <Avatar name={person.name} mini />
              <span>
                <span class="visually-hidden">{`${t.settings}: `}</span>
                {person.name}
              </span>
            </a>
          </>
        )}
      </div>
    </header>
  );
}

function Foot() {
  const { busy, run } = useDoing();
  const { route } = useLocation();
  return (
    <footer class="foot">
      <div class="wide">
        <p>{t.signposts}</p>
        <div>
          <ul>
            <li>
              <a href={paths.privacy()}>{t.whoSees}</a>
            </li>
            <li>
              <a href={paths.accessibility()}>{t.accessibility}</a>
            </li>
            {me.value && (
              <li>
                <button
                  class="plain"
                  type="button"
                  aria-disabled={busy}
                  onClick={() => void run(signOut).then((done) => done && route(paths.signIn()))}
                >
                  {t.signOut}
                </button>
              </li>
            )}
          </ul>
          <ThemeChoice />
        </div>
      </div>
    </footer>
  );
}
