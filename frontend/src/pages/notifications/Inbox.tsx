import { useEffect, useState } from "preact/hooks";
import { api, type Schemas } from "../../api/client";
import { useList } from "../../api/list";
import { Loaded, Trouble, useDoing } from "../../api/problems";
import { keep, me } from "../../me";
import { paths } from "../../paths";
import { fromNow } from "../../text/dates";
import { inbox as t } from "../../text/en/inbox";
import { capital } from "../../text/format";
import { More } from "../../ui/More";
import { Empty } from "../../ui/Notice";
import { Prose } from "../../ui/Prose";
import { Saved } from "../../ui/Saved";
import { Title } from "../../ui/Title";

type Notice = Schemas["NoticeRead"];

/** The number in the header, once something has been read here. */
function left(unread_notices: number): void {
  if (me.value) keep({ ...me.value, unread_notices: Math.max(0, unread_notices) });
}

export default function Inbox() {
  const list = useList<Notice>(
    (cursor, signal) =>
      api.get("/v1/me/notices", { query: { ...cursor, limit: 25 }, ...(signal && { signal }) }),
    [],
  );
  const { busy, trouble, run } = useDoing();
  const [done, setDone] = useState(false);
  // What came since the page was opened is in the list, so the number in the header must know it too.
  useEffect(() => void api.get("/v1/me").then(keep, () => undefined), []);

  const unread = me.value?.unread_notices ?? 0;
  const markAll = (notice_id: string) =>
    run(async () => {
      const seen = await api.post("/v1/me/notices/read", { body: { notice_id } });
      left(seen.unread_notices);
      setDone(true);
      list.again();
    });
  // Whoever follows a link has read why. Nobody waits for the mark, nor is told if it was lost.
  const follow = ({ id: notice_id, read_at }: Notice) => {
    if (read_at) return;
    void api.patch("/v1/notices/{notice_id}", { path: { notice_id }, body: { read: true } }).then(
      () => left((me.value?.unread_notices ?? 0) - 1),
      () => undefined,
    );
  };
  return (
    <div class="wide">
      <Title>{t.title}</Title>
      <Loaded load={list}>
        {(notices) =>
          notices[0] ? (
            <>
              <div class="heading-row inbox-head">
                {done && !unread ? (
                  <Saved words={t.unread(0)} focus />
                ) : (
                  <p class="lead soft">{t.unread(unread)}</p>
                )}
                {unread > 0 && (
                  <button
                    class="button quiet"
                    type="button"
                    aria-disabled={busy}
                    onClick={() => void markAll(notices[0]?.id ?? "")}
                  >
                    {t.markAll}
                  </button>
                )}
              </div>
              <Trouble words={trouble} />
              <h2 class="visually-hidden">{t.list}</h2>
              <ul class="list" aria-busy={list.state === "ready" && !list.fresh}>
                {notices.map((notice) => (
                  <Row key={notice.id} notice={notice} onFollow={() => follow(notice)} />
                ))}
              </ul>
            </>
          ) : (
            <Empty title={t.empty.title}>
              <p>{t.empty.text}</p>
              <a href={paths.home()}>{t.empty.home}</a>
            </Empty>
          )
        }
      </Loaded>
      <Trouble words={list.trouble} />
      <More more={list.more} busy={list.growing} onMore={list.grow}>
        {t.more}
      </More>
    </div>
  );
}

function Row({ notice, onFollow }: { notice: Notice; onFollow: () => void }) {
  const { title, body, path, created_at, read_at } = notice;
  return (
    <li>
      <p class="kicker">
        {!read_at && <span class="tag">{t.new}</span>}{" "}
        <time dateTime={created_at}>{capital(fromNow(created_at, me.value?.timezone ?? "UTC"))}</time>
      </p>
      <h3>
        <a href={path} onClick={onFollow}>
          {title}
        </a>
      </h3>
      <Prose text={body} />
    </li>
  );
}
