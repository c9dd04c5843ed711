import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { api, Refusal, type Schemas } from "../../../api/client";
import { everyPage } from "../../../api/every";
import { useLoad } from "../../../api/load";
import { Loaded, Trouble, useDoing, useSending } from "../../../api/problems";
import { paths } from "../../../paths";
import { date, dayOf } from "../../../text/dates";
import { plans as t } from "../../../text/en/proposals/plans";
import { Crumbs } from "../../../ui/Crumbs";
import { Choices, TextField } from "../../../ui/fields";
import { Form } from "../../../ui/form";
import { Empty } from "../../../ui/Notice";
import { Saved } from "../../../ui/Saved";
import { Title } from "../../../ui/Title";
import { written } from "../moves/useStep";
import { ChangePlan } from "./ChangePlan";
import { MilestoneRow } from "./MilestoneRow";
import { phasesOf } from "./months";

type Community = Schemas["CommunityRead"];
export type Milestone = Schemas["MilestoneRead"];

type Planned = { plan: Schemas["PlanRead"]; milestones: Milestone[] };

/** The plan of a community, or nothing where there is none yet. */
async function planned(community_id: string, signal: AbortSignal): Promise<Planned | undefined> {
  const path = { community_id };
  try {
    const [plan, milestones] = await Promise.all([
      api.get("/v1/communities/{community_id}/plan", { path, signal }),
      everyPage((cursor) =>
        api.get("/v1/communities/{community_id}/plan/milestones", {
          path,
          query: { ...cursor, limit: 100 },
          signal,
        }),
      ),
    ]);
    return { plan, milestones };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

export default function Plan() {
  const { community_id } = useRoute().params as { community_id: string };
  const load = useLoad(
    async (signal) => {
      // The name in an address is the slug, wherever a notice leads here.
      const community = /^[0-9a-f-]{36}$/i.test(community_id)
        ? await api.get("/v1/communities/{community_id}", { path: { community_id }, signal })
        : (await api.get("/v1/communities", { query: { slug: community_id, limit: 1 }, signal })).items[0];
      if (!community) throw new Refusal({ type: "about:blank", title: "", status: 404 });
      return { community, found: await planned(community.id, signal) };
    },
    [community_id],
  );
  return (
    <Loaded load={load} page>
      {({ community, found }) => <Page community={community} found={found} again={load.again} />}
    </Loaded>
  );
}

type Props = { community: Community; found: Planned | undefined; again: () => void };

function Page({ community, found, again }: Props) {
  const [done, setDone] = useState<string>();
  const { trouble, run } = useDoing(again);
  const today = dayOf(new Date(), community.timezone);
  const after = (words: string) => {
    setDone(words);
    again();
  };
  const mark = (milestone: Milestone, isDone: boolean) =>
    run(async () => {
      await api.patch("/v1/milestones/{milestone_id}", {
        path: { milestone_id: milestone.id },
        body: { done_on: isDone ? today : null },
        match: milestone.version,
      });
      after(isDone ? t.said(milestone.title) : t.taken(milestone.title));
    });
  return (
    <div class="wide stack">
      <div>
        <Crumbs way={[{ to: paths.community(community.id), name: community.name }]} />
        <Title tab={t.tab(community.name)}>{t.title(community.name)}</Title>
        {found && (
          <p class="lead">
            {t.lead(found.plan.done, found.plan.milestones)} {t.overdue(found.plan.overdue)}{" "}
            {found.plan.starts_on > today && t.begins(day(found.plan.starts_on))}
          </p>
        )}
        <Trouble words={trouble} />
        <Saved words={done} />
      </div>
      {found ? (
        phasesOf(found.milestones).map(({ name, months }) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            {months.map(({ month, due_on, milestones }) => (
              <div key={month}>
                <h3 class="kicker">{t.month(month, monthOf(due_on))}</h3>
                <ol class="timeline">
                  {milestones.map((milestone) => (
                    <MilestoneRow
                      key={milestone.id}
                      milestone={milestone}
                      today={today}
                      may={found.plan.can.includes("mark")}
                      onMark={(isDone) => void mark(milestone, isDone)}
                    />
                  ))}
                </ol>
              </div>
            ))}
          </section>
        ))
      ) : community.can.includes("edit") ? (
        <MakePlan community={community} today={today} onDone={again} />
      ) : (
        <Empty title={t.none.title}>
          <p>{t.none.member}</p>
          <a href={paths.community(community.id)}>{t.back}</a>
        </Empty>
      )}
      {found?.plan.can.includes("edit") && (
        <ChangePlan
          plan={found.plan}
          phases={[...new Set(found.milestones.map(({ phase }) => phase))]}
          onDone={after}
          onChanged={again}
        />
      )}
    </div>
  );
}

/** Calendar days have no clock, so they are read where no clock moves them. */
export const day = (on: string): string => date(`${on}T12:00:00Z`, "UTC");

const monthOf = (on: string): string => day(on).replace(/^\d+\s/u, "");

type MakeProps = { community: Community; today: string; onDone: () => void };

function MakePlan({ community, today, onDone }: MakeProps) {
  const { form, busy } = useSending(async (fields) => {
    await api.post("/v1/communities/{community_id}/plan", {
      path: { community_id: community.id },
      body: {
        template: written(fields, "template") as "light" | "full",
        starts_on: written(fields, "starts_on"),
      },
    });
    onDone();
  });
  return (
    <section aria-labelledby="make-title">
      <h2 id="make-title">{t.none.title}</h2>
      <p>{t.none.text}</p>
      <Form {...form}>
        <Choices
          name="template"
          type="radio"
          label={t.template}
          options={Object.entries(t.templates).map(([value, label]) => ({ value, label }))}
          chosen={["light"]}
        />
        <TextField name="starts_on" type="date" class="short" label={t.starts} defaultValue={today} required />
        <button class="button" aria-disabled={busy}>
          {t.make}
        </button>
      </Form>
    </section>
  );
}
