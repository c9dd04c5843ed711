import { useLocation, useRoute } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../../api/client";
import { useLoad } from "../../../api/load";
import { Loaded } from "../../../api/problems";
import { me } from "../../../me";
import { paths } from "../../../paths";
import { propose as t } from "../../../text/en/proposals/propose";
import { Notice } from "../../../ui/Notice";
import { NotOpen } from "../../../ui/NotOpen";
import { Title } from "../../../ui/Title";
import { Conversation, type Around } from "./Conversation";
import { firstOpen, questionOf } from "./questions";

type Proposal = Schemas["ProposalRead"];

/** The network and its umbrellas, where the reader could propose something. */
async function network(signal: AbortSignal): Promise<Around["nodes"]> {
  const community_id = me.value?.networks[0]?.id;
  if (!community_id) return [];
  return (await api.get("/v1/communities/{community_id}/tree", { path: { community_id }, signal })).items;
}

/** Proposing a community. The draft is there from its first letters on, so that nobody loses a word. */
export default function Propose() {
  const { proposal_id, question } = useRoute().params as { proposal_id?: string; question?: string };
  // The draft that was begun on this page needs no loading when its address follows.
  const [begun, setBegun] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (proposal_id || !begun) return;
    setBegun(undefined);
    setRound((count) => count + 1);
  }, [proposal_id]);
  const asked = questionOf(question);
  return proposal_id && proposal_id !== begun ? (
    <Resumed key={proposal_id} proposal_id={proposal_id} question={asked} />
  ) : (
    <Begun
      key={round}
      question={asked}
      onMade={({ id }) => {
        setBegun(id);
        // The address leads back here, without moving anybody who is still writing.
        history.replaceState(null, "", paths.proposeQuestion(id, "name"));
      }}
    />
  );
}

type Asked = { question: ReturnType<typeof questionOf> };

function Begun({ question, onMade }: Asked & { onMade: (draft: Proposal) => void }) {
  const load = useLoad(
    async (signal) => {
      const [nodes, drafts] = await Promise.all([
        network(signal),
        api.get("/v1/proposals", { query: { mine: true, state: ["draft"], limit: 10 }, signal }),
      ]);
      const mine = drafts.items.filter(({ proposer_id }) => proposer_id === me.value?.id);
      return { around: { nodes, story: undefined }, drafts: mine };
    },
    [],
  );
  return (
    <Loaded load={load} page>
      {({ around, drafts }) => (
        <Conversation
          first={undefined}
          around={around}
          question={question}
          onMade={onMade}
          before={<Earlier drafts={drafts} />}
        />
      )}
    </Loaded>
  );
}

/** Drafts that wait for their proposer. */
const Earlier = ({ drafts }: { drafts: readonly Proposal[] }) =>
  drafts.length ? (
    <Notice title={t.resume.title}>
      <p>{t.resume.text}</p>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.id}>
            <a href={paths.proposeQuestion(draft.id, firstOpen(draft))}>{t.resume.goOn(draft.name)}</a>
          </li>
        ))}
      </ul>
    </Notice>
  ) : null;

function Resumed({ proposal_id, question }: Asked & { proposal_id: string }) {
  const { route } = useLocation();
  const load = useLoad(
    async (signal) => {
      const path = { proposal_id };
      const [draft, story, nodes] = await Promise.all([
        api.get("/v1/proposals/{proposal_id}", { path, signal }),
        api.get("/v1/proposals/{proposal_id}/story", { path, signal }),
        network(signal),
      ]);
      return { draft, around: { nodes, story } };
    },
    [proposal_id],
  );
  return (
    <Loaded load={load} page>
      {({ draft, around }) => {
        if (draft.state !== "draft" && !draft.can.includes("edit"))
          return (
            <div class="wide">
              <Title>{t.handedIn.title}</Title>
              <p class="lead">{t.handedIn.text}</p>
              <a class="button" href={paths.proposal(draft.id)}>
                {t.handedIn.go}
              </a>
            </div>
          );
        if (!draft.can.includes("edit"))
          return <NotOpen to={paths.proposal(draft.id)} back={t.handedIn.go} />;
        return (
          <Conversation
            first={draft}
            around={around}
            question={question}
            onMade={({ id }) => route(paths.proposeQuestion(id, question), true)}
          />
        );
      }}
    </Loaded>
  );
}
