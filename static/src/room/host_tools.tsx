import { CirclePause, CirclePlay, CircleStop, Disc, Lock, LockOpen, Pause, Power, Volume2, VolumeX } from "lucide";
import type { IconNode } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { RoomState } from "../contract/types";
import { Button, IconButton } from "../design/button";
import { Dialog } from "../design/dialog";
import { MenuItem } from "../design/menu";
import { words } from "../words";
import { tellWithUndo } from "./moderation";
import { isHostRole } from "./rights";
import { useMuteAll } from "./mute_all";
import { usePart, useRights, useRoom } from "./room";

type ToolWord =
  | "startRecording"
  | "pauseRecording"
  | "resumeRecording"
  | "stopRecording"
  | "lock"
  | "unlock"
  | "muteAll"
  | "unmuteAll"
  | "pause"
  | "end";

interface Tool {
  key: string;
  /** What takes turns in one place of the bar, so that the button there keeps the focus. */
  place?: string;
  permission: string;
  word: ToolWord;
  icon: IconNode;
  danger?: boolean;
  isWithPeople?: boolean;
  tone?: "recording" | "on";
  isOffered: (state: RoomState) => boolean;
}

const isLive = ({ session }: RoomState): boolean => session.status === "active" || session.status === "paused";
/** Where not everybody is told, nobody knows who is muted: both are offered. */
const isLarge = ({ roster }: RoomState): boolean => roster === "summary";
const others = (state: RoomState) => Object.values(state.participants).filter((each) => !isHostRole(each.role));

/** What a host can do to the room as a whole, in the order of the bar; only what makes sense now is offered. */
const TOOLS: readonly Tool[] = [
  {
    key: "recording:start",
    place: "recording",
    permission: "recording:start",
    word: "startRecording",
    icon: Disc,
    isOffered: (state) => isLive(state) && state.session.settings.allow_recording && !state.recording,
  },
  {
    key: "recording:pause",
    place: "recording",
    permission: "recording:pause",
    word: "pauseRecording",
    icon: CirclePause,
    tone: "recording",
    isOffered: ({ recording }) => recording?.state === "recording",
  },
  {
    key: "recording:resume",
    place: "recording",
    permission: "recording:resume",
    word: "resumeRecording",
    icon: CirclePlay,
    tone: "recording",
    isOffered: ({ recording }) => recording?.state === "paused",
  },
  {
    key: "recording:stop",
    permission: "recording:stop",
    word: "stopRecording",
    icon: CircleStop,
    tone: "recording",
    isOffered: ({ recording }) => recording !== null,
  },
  {
    key: "session:lock",
    place: "lock",
    permission: "session:lock",
    word: "lock",
    icon: LockOpen,
    isOffered: ({ session }) => !session.is_locked,
  },
  {
    key: "session:unlock",
    place: "lock",
    permission: "session:lock",
    word: "unlock",
    icon: Lock,
    tone: "on",
    isOffered: ({ session }) => session.is_locked,
  },
  {
    key: "participant:mute_all",
    permission: "participant:mute",
    word: "muteAll",
    isWithPeople: true,
    icon: VolumeX,
    isOffered: (state) => isLarge(state) || others(state).some((each) => !each.is_muted),
  },
  {
    key: "participant:unmute_all",
    permission: "participant:unmute",
    word: "unmuteAll",
    isWithPeople: true,
    icon: Volume2,
    isOffered: (state) => isLarge(state) || (others(state).length > 0 && others(state).every((each) => each.is_muted)),
  },
  {
    key: "session:pause",
    permission: "session:pause",
    word: "pause",
    icon: Pause,
    isOffered: ({ session }) => session.status === "active",
  },
  {
    key: "session:end",
    permission: "session:end",
    word: "end",
    icon: Power,
    danger: true,
    isOffered: isLive,
  },
];

/** What can be taken back, by which command, and what is said of it. */
const TAKEN_BACK: Readonly<
  Record<string, { by: string; said: "lockedToast" | "unlockedToast" | "pausedToast" | "recordingPausedToast" }>
> = {
  "session:lock": { by: "session:unlock", said: "lockedToast" },
  "session:unlock": { by: "session:lock", said: "unlockedToast" },
  "session:pause": { by: "session:resume", said: "pausedToast" },
  "recording:pause": { by: "recording:resume", said: "recordingPausedToast" },
};

export interface HostTools {
  list: readonly Tool[];
  use: (tool: Tool) => void;
  /** What is asked before it is done. */
  asking: "end" | "leave" | null;
  end: () => void;
  keep: () => void;
  /** Who could end the session is asked which of the two they mean; everybody else leaves at once. */
  leave: () => void;
  leaveNow: () => void;
}

export function useHostTools(): HostTools {
  const { toasts } = useClient();
  const room = useRoom();
  const { rights } = useRights();
  // As one word: so this is drawn anew when what is offered changes, and not for every event.
  const offered = usePart((state) =>
    TOOLS.filter(({ isOffered }) => isOffered(state))
      .map(({ key }) => key)
      .join(" "),
  );
  const muteAll = useMuteAll();
  const [asking, ask] = useState<HostTools["asking"]>(null);

  function use({ key }: Tool): void {
    if (key === "session:end") ask("end");
    else if (key === "participant:mute_all") void muteAll.mute();
    else if (key === "participant:unmute_all") void muteAll.unmute();
    else void order(key);
  }

  async function order(key: string): Promise<void> {
    const back = TAKEN_BACK[key];
    if (!(await room.order(key)) || !back) return;
    tellWithUndo(
      toasts,
      () => words.room[back.said],
      () => room.order(back.by),
    );
  }

  /** A paused session goes on before it ends: the server knows no other way from a pause. */
  async function end(): Promise<void> {
    const isRunning = room.state.peek()?.session.status !== "paused" || (await room.order("session:resume"));
    if (isRunning) await room.order("session:end");
  }

  const list = TOOLS.filter((tool) => rights.permissions.has(tool.permission) && offered.split(" ").includes(tool.key));
  const leaveNow = (): void => void room.leave();

  return {
    list,
    use,
    asking,
    end: () => {
      ask(null);
      void end();
    },
    keep: () => ask(null),
    leave: () => (list.some(({ key }) => key === "session:end") ? ask("leave") : leaveNow()),
    leaveNow,
  };
}

/** On a wide screen those for everybody stand in the list of people, where one sees what they do. */
export function HostButtons({ tools }: { tools: HostTools }) {
  return (
    <>
      {tools.list
        .filter(({ isWithPeople }) => !isWithPeople)
        .map((tool) => (
          <IconButton
            key={tool.place ?? tool.key}
            icon={tool.icon}
            label={words.room[tool.word]}
            class={`button-control ${tool.tone ? `control-${tool.tone}` : ""} ${tool.danger ? "control-danger" : ""}`}
            onClick={() => tools.use(tool)}
          />
        ))}
    </>
  );
}

export function HostItems({ tools, close }: { tools: HostTools; close: () => void }) {
  return (
    <>
      {tools.list.map((tool) => (
        <MenuItem
          key={tool.key}
          icon={tool.icon}
          danger={tool.danger ?? false}
          onChoose={() => {
            close();
            tools.use(tool);
          }}
        >
          {words.room[tool.word]}
        </MenuItem>
      ))}
    </>
  );
}

/** Before the session ends for everybody, or a person who could end it leaves it running. */
export function EndDialog({ tools }: { tools: HostTools }) {
  const isLeaving = tools.asking === "leave";
  return (
    <Dialog
      title={isLeaving ? words.room.leaveTitle : words.room.endTitle}
      onClose={tools.keep}
      actions={
        <>
          <Button onClick={tools.keep}>{words.actions.cancel}</Button>
          <Button look="danger" onClick={tools.end}>
            {words.room.endConfirm}
          </Button>
          {isLeaving && (
            <Button look="primary" onClick={tools.leaveNow}>
              {words.room.leaveConfirm}
            </Button>
          )}
        </>
      }
    >
      <p>{isLeaving ? words.room.leaveHint : words.room.endHint}</p>
    </Dialog>
  );
}
