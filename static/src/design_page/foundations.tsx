import { Sample } from "./sample";

const COLOURS = [
  ["canvas", "text"],
  ["surface", "text"],
  ["raised", "text-quiet"],
  ["sunken", "text-quiet"],
  ["hover", "text"],
  ["accent", "on-accent"],
  ["accent-hover", "on-accent"],
  ["accent-soft", "accent-text"],
  ["danger", "on-danger"],
  ["danger-soft", "danger-text"],
  ["warning-soft", "warning-text"],
  ["good-soft", "good-text"],
] as const;

const SIZES = [
  ["text-xl", "Meet, teach, decide"],
  ["text-l", "Meet, teach, decide"],
  ["text-m", "One link, no installation."],
  ["text-s", "Six letters and digits."],
  ["text-xs", "Ctrl K"],
] as const;

export function Foundations() {
  return (
    <>
      <Sample title="Colours" isRow>
        {COLOURS.map(([ground, text]) => (
          <span key={ground} class="design-colour" style={{ background: `var(--${ground})`, color: `var(--${text})` }}>
            {ground}
          </span>
        ))}
      </Sample>
      <Sample title="Type">
        {SIZES.map(([size, text]) => (
          <p key={size} class="design-type" style={{ fontSize: `var(--${size})` }}>
            {text}
          </p>
        ))}
        <p>
          A{" "}
          <a class="link" href="#top">
            link
          </a>
          , a <span class="code">CODE23</span>, <span class="quiet">quiet words</span>, <kbd class="key">Ctrl</kbd>{" "}
          <kbd class="key">K</kbd>
        </p>
      </Sample>
    </>
  );
}
