import { Code, GraduationCap, HeartHandshake, Presentation, Users } from "lucide";
import type { IconNode } from "lucide";

import type { SessionKind } from "../contract/types";

export const KIND_ICONS: Record<SessionKind, IconNode> = {
  meeting: Users,
  class: GraduationCap,
  lecture: Presentation,
  coding: Code,
  consultation: HeartHandshake,
};

export const KINDS = Object.keys(KIND_ICONS) as SessionKind[];
