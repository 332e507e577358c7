import { CirclePause, CirclePlay, CircleStop, Disc, Lock, LockOpen, Pause, Power, Volume2, VolumeX } from "lucide";
import type { IconNode } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { MassResult, RoomState } from "../contract/types";
import { Button, IconButton } from "../design/button";
import { Dialog } from "../design/dialog";
import { PopoverItem } from "../design/popover";
import { words } from "../words";
import { useInside } from "./room";

interface Tool {
  key: string;
  permission: string;
  label: string;
  icon: IconNode;
  danger?: boolean;
  tone?: "recording" | "on";
  isOffered: (state: RoomState) => boolean;
}

const isLive = ({ session }: RoomState): boolean => session.status === "active" || session.status === "paused";
/** Where not everybody is told, nobody knows who is muted: both are offered. */
const isLarge = ({ roster }: RoomState): boolean => roster === "summary";
const others = (state: RoomState) =>
  Object.values(state.participants).filter((each) => each.role === "attendee" || each.role === "presenter");

/** What a host can do to the room as a whole, in the order of the bar; only what makes sense now is offered. */
const TOOLS: readonly Tool[] = [
  {
    key: "recording:start",
    permission: "recording:start",
    label: words.room.startRecording,
    icon: Disc,
    isOffered: (state) => isLive(state) && state.session.settings.allow_recording && !state.recording,
  },
  {
    key: "recording:pause",
    permission: "recording:pause",
    label: words.room.pauseRecording,
    icon: CirclePause,
    tone: "recording",
    isOffered: ({ recording }) => recording?.state === "recording",
  },
  {
    key: "recording:resume",
    permission: "recording:resume",
    label: words.room.resumeRecording,
    icon: CirclePlay,
    tone: "recording",
    isOffered: ({ recording }) => recording?.state === "paused",
  },
  {
    key: "recording:stop",
    permission: "recording:stop",
    label: words.room.stopRecording,
    icon: CircleStop,
    tone: "recording",
    isOffered: ({ recording }) => recording !== null,
  },
  {
    key: "session:lock",
    permission: "session:lock",
    label: words.room.lock,
    icon: LockOpen,
    isOffered: ({ session }) => !session.is_locked,
  },
  {
    key: "session:unlock",
    permission: "session:lock",
    label: words.room.unlock,
    icon: Lock,
    tone: "on",
    isOffered: ({ session }) => session.is_locked,
  },
  {
    key: "participant:mute_all",
    permission: "participant:mute",
    label: words.room.muteAll,
    icon: VolumeX,
    isOffered: (state) => isLarge(state) || others(state).some((each) => !each.is_muted),
  },
  {
    key: "participant:unmute_all",
    permission: "participant:unmute",
    label: words.room.unmuteAll,
    icon: Volume2,
    isOffered: (state) => isLarge(state) || (others(state).length > 0 && others(state).every((each) => each.is_muted)),
  },
  {
    key: "session:pause",
    permission: "session:pause",
    label: words.room.pause,
    icon: Pause,
    isOffered: ({ session }) => session.status === "active",
  },
  {
    key: "session:end",
    permission: "session:end",
    label: words.room.end,
    icon: Power,
    danger: true,
    isOffered: isLive,
  },
];

export interface HostTools {
  list: readonly Tool[];
  use: (tool: Tool) => void;
  isEnding: boolean;
  end: () => void;
  keep: () => void;
}

export function useHostTools(): HostTools {
  const { toasts } = useClient();
  const { room, state, rights } = useInside();
  const [isEnding, setEnding] = useState(false);

  async function all(command: string, said: (n: number) => string): Promise<void> {
    try {
      const { data } = await room.call<MassResult>(command);
      toasts.tell(said(data.participant_ids.length));
    } catch (error) {
      toasts.complain(error);
    }
  }

  function use({ key }: Tool): void {
    if (key === "session:end") setEnding(true);
    else if (key === "participant:mute_all") void all(key, words.room.mutedAll);
    else if (key === "participant:unmute_all") void all(key, words.room.unmutedAll);
    else void room.order(key);
  }

  /** A paused session goes on before it ends: the server knows no other way from a pause. */
  async function end(): Promise<void> {
    const isRunning = state.session.status !== "paused" || (await room.order("session:resume"));
    if (isRunning) await room.order("session:end");
  }

  return {
    list: TOOLS.filter((tool) => rights.permissions.has(tool.permission) && tool.isOffered(state)),
    use,
    isEnding,
    end: () => {
      setEnding(false);
      void end();
    },
    keep: () => setEnding(false),
  };
}

export function HostButtons({ tools }: { tools: HostTools }) {
  return (
    <>
      {tools.list.map((tool) => (
        <IconButton
          key={tool.key}
          icon={tool.icon}
          label={tool.label}
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
        <PopoverItem
          key={tool.key}
          icon={tool.icon}
          danger={tool.danger ?? false}
          onChoose={() => {
            close();
            tools.use(tool);
          }}
        >
          {tool.label}
        </PopoverItem>
      ))}
    </>
  );
}

export function EndDialog({ tools }: { tools: HostTools }) {
  return (
    <Dialog
      title={words.room.endTitle}
      onClose={tools.keep}
      actions={
        <>
          <Button onClick={tools.keep}>{words.actions.cancel}</Button>
          <Button look="danger" onClick={tools.end}>
            {words.room.endConfirm}
          </Button>
        </>
      }
    >
      <p>{words.room.endHint}</p>
    </Dialog>
  );
}
