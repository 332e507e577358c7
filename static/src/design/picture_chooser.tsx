import { useRef } from "preact/hooks";

import { Button } from "./button";

const TYPES = "image/jpeg,image/png,image/webp,image/gif";

interface PictureChooserProps {
  /** What the button says; `name` is what one chooses, to who hears it. */
  choose: string;
  name: string;
  remove: string;
  hasPicture: boolean;
  isBusy: boolean;
  onChoose: (file: File) => void;
  onRemove: () => void;
}

/** Chooses a picture from one's own, in place of the one there is, or takes that away. */
export function PictureChooser(given: PictureChooserProps) {
  const { choose, name, remove, hasPicture, isBusy, onChoose, onRemove } = given;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <div class="picture-actions">
        <Button size="small" busy={isBusy} onClick={() => chooser.current?.click()}>
          {choose}
        </Button>
        {hasPicture && (
          <Button size="small" look="quiet" onClick={onRemove}>
            {remove}
          </Button>
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        accept={TYPES}
        hidden
        aria-label={name}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) onChoose(file);
        }}
      />
    </>
  );
}
