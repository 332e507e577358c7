import type { ComponentType } from "preact";

import { useLoad } from "../net/use_load";
import { words } from "../words";
import { LoadError } from "./load_error";
import { Skeleton } from "./notice";

/** A view whose script is fetched when it is first shown: who never opens it does not pay for it. */
export function onDemand<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function OnDemand(props: P) {
    const { error, reload } = useLoad(async () => (known ??= await fetch()).name, []);
    if (known) {
      const View = known;
      return <View {...props} />;
    }
    return error ? <LoadError error={error} onRetry={reload} /> : <Skeleton label={words.shell.opening} />;
  };
}
