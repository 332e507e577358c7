import { Building2 } from "lucide";

import { Button } from "../design/button";
import { Empty } from "../design/notice";
import { words } from "../words";
import { useLeaving } from "./acting_bar";
import { useTitle } from "./page";

/** In place of a page on which one acts in one's own name, while one acts in another tenant. */
export function ElsewherePage() {
  useTitle(words.acting.elsewhere);
  return (
    <main id="content" class="page page-narrow page-centred">
      <Empty isPage icon={Building2} title={words.acting.elsewhere} hint={words.acting.elsewhereHint}>
        <Button onClick={useLeaving()}>{words.acting.leave}</Button>
      </Empty>
    </main>
  );
}
