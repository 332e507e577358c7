import type { AuditView } from "../../contract/types";
import { Button } from "../../design/button";
import { Sheet } from "../../design/dialog";
import { Badge } from "../../design/notice";
import { words } from "../../words";
import { formatDay, formatExactTime, formatNumber } from "../../words/format";
import type { AuditSearch } from "./audit_search";
import { actWord, doerWord, outcomeWord, valueWord } from "./audit_words";

interface Props {
  entry: AuditView;
  /** In the trail of one session: which one need not be said. */
  isOfSession: boolean;
  onClose: () => void;
  onSearch: (changes: Partial<AuditSearch>) => void;
}

/** One act, with everything that is known of it, and ways to those like it. */
export function AuditSheet({ entry, isOfSession, onClose, onSearch }: Props) {
  const { actor, outcome, details, target_id, session_id } = entry;
  const { times, ...more } = details as Record<string, unknown>;
  const who = actor.id ?? entry.user_id;
  const only = (changes: Partial<AuditSearch>) => () => {
    onSearch(changes);
    onClose();
  };
  return (
    <Sheet title={actWord(entry)} onClose={onClose}>
      <div class="audit-sheet">
        <p class="user-line">
          <Badge tone={outcome === "ok" ? "active" : "cancelled"}>{outcomeWord(entry)}</Badge>
          {outcome !== "ok" && <code>{outcome}</code>}
        </p>
        {typeof times === "number" && <p class="quiet">{words.audit.times(formatNumber(times))}</p>}
        <Changes entry={entry} />
        <dl class="audit-facts">
          <Fact name={words.audit.when} value={`${formatDay(entry.at)} ${formatExactTime(entry.at)}`} />
          <Fact name={words.audit.who} value={doerWord(entry)} />
          <Fact name={words.audit.what} value={entry.action} />
          <Fact name={words.audit.target} value={target_id && `${entry.target_kind} ${target_id}`} />
          <Fact name={words.audit.session} value={isOfSession ? null : session_id} />
          <Fact name={words.audit.where} value={entry.address} />
          <Fact name={words.audit.agent} value={entry.agent} />
          <Fact name={words.audit.request} value={entry.request_id} />
          {Object.entries(more).map(([name, value]) => (
            <Fact key={name} name={name} value={valueWord(value)} />
          ))}
        </dl>
        <div class="admin-row">
          {who && (
            <Button size="small" onClick={only({ who })}>
              {words.audit.onlyWho}
            </Button>
          )}
          {target_id && (
            <Button size="small" onClick={only({ target_id })}>
              {words.audit.onlyTarget}
            </Button>
          )}
          {session_id && !isOfSession && (
            <Button size="small" onClick={only({ session_id })}>
              {words.audit.onlySession}
            </Button>
          )}
        </div>
      </div>
    </Sheet>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Changes({ entry: { before, after } }: { entry: AuditView }) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (names.length === 0) return null;
  return (
    <table class="audit-changes">
      <caption>{words.audit.changed}</caption>
      <thead>
        <tr>
          <th scope="col">{words.audit.field}</th>
          <th scope="col">{words.audit.before}</th>
          <th scope="col">{words.audit.after}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{valueWord(before[name])}</td>
            <td>{valueWord(after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
