import type { TenantView } from "../../contract/types";
import { TextField } from "../../design/field";
import { words } from "../../words";

const LIMITS = ["requests_per_hour", "sessions_per_hour", "enrolments_per_hour", "announcements_per_hour"] as const;
export type TypedLimits = Readonly<Record<(typeof LIMITS)[number], string>>;

export function typedLimits(limits: TenantView["limits"]): TypedLimits {
  return Object.fromEntries(LIMITS.map((each) => [each, String(limits[each])])) as TypedLimits;
}

/** As the server takes them: null goes back to what is usual. */
export function limitsFrom(typed: TypedLimits): Record<string, number | null> {
  return Object.fromEntries(LIMITS.map((each) => [each, Number(typed[each]) || null]));
}

interface LimitFieldsProps {
  typed: TypedLimits;
  errors?: Readonly<Record<string, string>>;
  onType: (typed: TypedLimits) => void;
}

export function LimitFields({ typed, errors = {}, onType }: LimitFieldsProps) {
  return (
    <div class="tenant-limits">
      {LIMITS.map((each) => (
        <TextField
          key={each}
          label={words.tenants.limit[each]}
          type="number"
          min="1"
          value={typed[each]}
          error={errors[`limits.${each}`]}
          onText={(value) => onType({ ...typed, [each]: value })}
        />
      ))}
    </div>
  );
}
