import { CloudOff } from "lucide";

import { words } from "../words";
import { Button } from "./button";
import { Empty } from "./notice";

export function LoadError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Empty icon={CloudOff} title={words.errors.loadFailed} hint={error.message}>
      <Button onClick={onRetry}>{words.actions.retry}</Button>
    </Empty>
  );
}
