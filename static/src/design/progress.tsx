import { formatShare } from "../words/format";

interface ProgressProps {
  label: string;
  /** From 0 to 1; null while nobody knows how much there is. */
  share: number | null;
  /** Write how far it is beside the name. */
  isWritten?: boolean;
}

/** How far something is. */
export function Progress({ label, share, isWritten = true }: ProgressProps) {
  const part = share === null ? null : Math.min(1, Math.max(0, share));
  return (
    <div class="progress">
      {isWritten && (
        <p class="progress-words" aria-hidden="true">
          <span>{label}</span>
          {part !== null && <span class="clock">{formatShare(part)}</span>}
        </p>
      )}
      <div
        class="progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={part === null ? undefined : Math.round(part * 100)}
      >
        <span
          class={part === null ? "progress-part progress-endless" : "progress-part"}
          style={part === null ? {} : { width: `${part * 100}%` }}
        />
      </div>
    </div>
  );
}
