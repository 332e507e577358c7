import { Compass } from "lucide";

import { Link } from "../design/button";
import { Empty } from "../design/notice";
import { words } from "../words";
import { useTitle } from "./page";

export function NotFoundPage() {
  useTitle(words.errors.notFoundTitle);
  return (
    <main id="content" class="page page-narrow page-centred">
      <Empty isPage icon={Compass} title={words.errors.notFoundTitle} hint={words.errors.notFound}>
        <Link href="/" look="secondary">
          {words.closed.home}
        </Link>
      </Empty>
    </main>
  );
}
