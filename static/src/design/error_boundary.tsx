import { CircleAlert } from "lucide";
import { Component, type ComponentChildren } from "preact";

import { words } from "../words";
import { Button } from "./button";
import { Empty } from "./notice";

/** A mistake of ours in one view shows a way on instead of an empty page. */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ hasFailed: true });
    // Whoever looks into it finds it in the browser's console, as if it had not been caught.
    reportError(error);
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main class="page page-narrow">
        <Empty icon={CircleAlert} title={words.errors.unexpectedTitle} hint={words.errors.unexpected}>
          <Button onClick={() => location.reload()}>{words.errors.reload}</Button>
        </Empty>
      </main>
    );
  }
}
