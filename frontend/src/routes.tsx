// Every address of the product and the page that answers it. Pages are loaded when they are first visited.

import type { ComponentType } from "preact";
import { lazy, Route, Router } from "preact-iso";
import { patterns } from "./paths";
import { shell } from "./text/en/shell";
import { NotFound } from "./ui/NotFound";
import { arrive, Title } from "./ui/Title";

/** A page that could not be fetched says so; a fresh start also fetches the newest version. */
function Unloaded() {
  return (
    <div class="wide">
      <Title>{shell.unloaded.title}</Title>
      <p class="lead">{shell.unloaded.text}</p>
      <button class="button" type="button" onClick={() => location.reload()}>
        {shell.unloaded.again}
      </button>
    </div>
  );
}

const page = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(() => load().catch(() => ({ default: Unloaded }))) as ComponentType;

const Home = page(() => import("./pages/home/Home"));
const Find = page(() => import("./pages/communities/Find"));
const Community = page(() => import("./pages/communities/Community"));
const People = page(() => import("./pages/memberships/People"));
const Charter = page(() => import("./pages/communities/Charter"));
const inProposals = (name: keyof typeof import("./pages/proposals/pages")) =>
  page(() => import("./pages/proposals/pages").then((room) => room[name]()));
const Plan = inProposals("plan");
const Proposals = inProposals("proposals");
const Proposal = inProposals("proposal");
const Propose = inProposals("propose");
const Desk = inProposals("desk");
const AnswerSounding = inProposals("answerSounding");
const AnswerCall = inProposals("answerCall");
const Session = page(() => import("./pages/sessions/Session"));
const EditSession = page(() => import("./pages/sessions/EditSession"));
const Insight = page(() => import("./pages/engagement/Insight"));
const InsightChoice = page(() => import("./pages/engagement/InsightChoice"));
const Inbox = page(() => import("./pages/notifications/Inbox"));
const Settings = page(() => import("./pages/identity/Settings"));
const SignIn = page(() => import("./pages/identity/SignIn"));
const SignInByLink = page(() => import("./pages/identity/SignInByLink"));
const Privacy = page(() => import("./pages/about/Privacy"));
const Accessibility = page(() => import("./pages/about/Accessibility"));

/** Moving to another page moves the focus too: to the page at once, and to its title when that appears. */
function moved(): void {
  arrive();
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** Pages for people who are signed in. */
export const Pages = () => (
  <Router onRouteChange={moved}>
    <Route path={patterns.home} component={Home} />
    <Route path={patterns.communities} component={Find} />
    <Route path={patterns.community} component={Community} />
    <Route path={patterns.people} component={People} />
    <Route path={patterns.charter} component={Charter} />
    <Route path={patterns.planSession} component={EditSession} />
    <Route path={patterns.communityInsight} component={Insight} />
    <Route path={patterns.communityPlan} component={Plan} />
    <Route path={patterns.proposals} component={Proposals} />
    <Route path={patterns.proposal} component={Proposal} />
    <Route path={patterns.propose} component={Propose} />
    <Route path={patterns.proposeQuestion} component={Propose} />
    <Route path={patterns.desk} component={Desk} />
    <Route path={patterns.answerSounding} component={AnswerSounding} />
    <Route path={patterns.answerCall} component={AnswerCall} />
    <Route path={patterns.session} component={Session} />
    <Route path={patterns.editSession} component={EditSession} />
    <Route path={patterns.insight} component={InsightChoice} />
    <Route path={patterns.inbox} component={Inbox} />
    <Route path={patterns.settings} component={Settings} />
    <Route path={patterns.signIn} component={SignIn} />
    <Route path={patterns.signInByLink} component={SignInByLink} />
    <Route path={patterns.privacy} component={Privacy} />
    <Route path={patterns.accessibility} component={Accessibility} />
    <Route default component={NotFound} />
  </Router>
);

/** Pages anybody may see; every other address asks who you are first, and stays as it is. */
export const PublicPages = () => (
  <Router onRouteChange={moved}>
    <Route path={patterns.signInByLink} component={SignInByLink} />
    <Route path={patterns.answerSounding} component={AnswerSounding} />
    <Route path={patterns.answerCall} component={AnswerCall} />
    <Route path={patterns.privacy} component={Privacy} />
    <Route path={patterns.accessibility} component={Accessibility} />
    <Route default component={SignIn} />
  </Router>
);
