import type { IconNode } from "lucide";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ComponentChildren } from "preact";

import { useClient } from "../client";
import { Icon } from "./icon";

type Look = "primary" | "secondary" | "quiet" | "danger";

interface ButtonProps extends Omit<ButtonHTMLAttributes, "icon" | "disabled" | "type" | "size" | "class"> {
  look?: Look;
  icon?: IconNode;
  size?: "small" | "normal" | "large";
  busy?: boolean;
  class?: string;
  disabled?: boolean;
  type?: "button" | "submit";
  children?: ComponentChildren;
}

export function Button({
  look = "secondary",
  icon,
  size = "normal",
  busy,
  children,
  class: extra,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${look} button-${size} ${extra ?? ""}`}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {icon && <Icon of={icon} size={size === "small" ? 16 : 20} />}
      {children && <span class="button-text">{children}</span>}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children"> {
  icon: IconNode;
  label: string;
  /** Where the label shows on hover; the default is above. */
  tip?: "above" | "below" | "left" | "none";
}

/** A button that shows only an icon; its label is its name, and shows on hover and focus. */
export function IconButton({
  icon,
  label,
  look = "quiet",
  tip = "above",
  size = "normal",
  busy,
  class: extra,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button icon-button button-${look} button-${size} ${extra ?? ""}`}
      aria-label={label}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      data-tip={tip === "none" ? undefined : label}
      data-tip-side={tip}
    >
      <Icon of={icon} size={size === "small" ? 16 : 20} />
    </button>
  );
}

interface LinkProps extends Omit<AnchorHTMLAttributes, "href" | "size" | "role" | "class"> {
  href: string;
  look?: Look;
  icon?: IconNode;
  size?: "small" | "normal" | "large";
  state?: Record<string, unknown>;
  class?: string;
  children?: ComponentChildren;
}

/** A link within the site; with a look, it appears as a button. */
export function Link({ href, look, icon, size = "normal", state, children, class: extra, ...rest }: LinkProps) {
  const { router } = useClient();
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.go(href, { ...(state && { state }) });
  };
  const looks = look ? `button button-${look} button-${size}` : "";
  return (
    <a {...rest} href={href} class={`${looks} ${extra ?? ""}`} onClick={follow}>
      {icon && <Icon of={icon} size={size === "small" ? 16 : 20} />}
      {look ? <span class="button-text">{children}</span> : children}
    </a>
  );
}
