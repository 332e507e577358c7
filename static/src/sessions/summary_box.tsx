import { words } from "../words";
import { formatMoment, formatTime } from "../words/format";
import { timesOf, type Draft } from "./form_model";
import { summaryOf } from "./summary";

/** What the form amounts to, for somebody who has not opened a single fold. */
export function SummaryBox({ draft }: { draft: Draft }) {
  return (
    <section class="summary" aria-live="polite">
      <h2>{words.form.summary}</h2>
      <p>
        <strong>{whenOf(draft)}</strong> {summaryOf(draft)}
      </p>
    </section>
  );
}

function whenOf(draft: Draft): string {
  const { start, end } = timesOf(draft);
  if (!start) return words.summary.when[draft.when === "now" ? "now" : "open"];
  const moment = formatMoment(start.toISOString());
  return words.summary.when.at(end ? words.time.from(moment, formatTime(end.toISOString())) : moment);
}
