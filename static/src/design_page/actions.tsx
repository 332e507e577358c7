import { Copy, Ellipsis, Hand, Lock, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";

import { Button, IconButton, Link } from "../design/button";
import { Menu, MenuGroup, MenuItem } from "../design/menu";
import { Tabs } from "../design/tabs";
import { Tooltip } from "../design/tooltip";
import { Sample } from "./sample";

const LOOKS = ["primary", "secondary", "quiet", "danger"] as const;
const TABS = [
  { key: "people", name: "People" },
  { key: "chat", name: "Chat", badge: { text: "3", means: "3 unread", strong: true } },
  { key: "waiting", name: "Waiting", badge: { text: "12", means: "12 waiting" } },
] as const;

export function Actions() {
  const [tab, setTab] = useState<(typeof TABS)[number]["key"]>("chat");
  const [isOn, setOn] = useState(true);
  return (
    <>
      <Sample title="Buttons" isRow>
        {LOOKS.map((look) => (
          <Button key={look} look={look}>
            {look}
          </Button>
        ))}
        <Button look="primary" icon={Plus}>
          With icon
        </Button>
        <Button look="primary" busy>
          Busy
        </Button>
        <Button disabled>Disabled</Button>
        <Button size="small">Small</Button>
        <Button size="large">Large</Button>
        <Link href="/" look="secondary">
          Link
        </Link>
      </Sample>
      <Sample title="Icon buttons, tip, menu" isRow>
        <IconButton icon={Hand} label="Raise hand" />
        <IconButton icon={Lock} label="Lock" look="secondary" />
        <IconButton icon={Trash2} label="Delete" look="danger" />
        <IconButton icon={Copy} label="Copy" size="small" />
        <IconButton icon={Copy} label="Not now" disabled />
        <Tooltip label="What is this?" text="It explains itself on hover and on focus." />
        <Menu label="More" icon={Ellipsis}>
          <MenuItem icon={Copy} hint="C" onChoose={() => undefined}>
            Copy link
          </MenuItem>
          <MenuItem checked={isOn} onChoose={() => setOn(!isOn)}>
            Show names
          </MenuItem>
          <MenuItem icon={Lock} disabled onChoose={() => undefined}>
            Lock room
          </MenuItem>
          <MenuGroup label="For good">
            <MenuItem icon={Trash2} danger onChoose={() => undefined}>
              Delete
            </MenuItem>
          </MenuGroup>
        </Menu>
      </Sample>
      <Sample title="Tabs">
        <Tabs label="Side panel" tabs={TABS} current={tab} onChoose={setTab}>
          <p class="design-panel quiet">What belongs to {tab}.</p>
        </Tabs>
      </Sample>
    </>
  );
}
