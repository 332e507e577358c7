import { useClient } from "../client";
import { words } from "../words";
import { LANGUAGES, language, ownNameOf, type LanguageTag } from "../words/locale";

/** Every language by its own name, so that one finds it whatever the page is in. */
export function LanguageChoice() {
  const choose = useChoosing();
  return (
    <fieldset class="segmented">
      <legend>{words.shell.language}</legend>
      {LANGUAGES.map((tag) => (
        <label key={tag} class="segment" lang={tag}>
          <input type="radio" name="language" checked={language.value === tag} onChange={() => choose(tag)} />
          <span>{ownNameOf(tag)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The same for people without an account, at the foot of the page. */
export function LanguageFoot() {
  const choose = useChoosing();
  return (
    <footer class="shell-foot">
      <ul class="languages" aria-label={words.shell.language}>
        {LANGUAGES.map((tag) => (
          <li key={tag}>
            <button
              type="button"
              class="button button-quiet button-small"
              lang={tag}
              aria-pressed={language.value === tag}
              onClick={() => choose(tag)}
            >
              {ownNameOf(tag)}
            </button>
          </li>
        ))}
      </ul>
    </footer>
  );
}

function useChoosing(): (tag: LanguageTag) => void {
  const { language: choice, toasts } = useClient();
  return (tag) => void choice.choose(tag).catch(toasts.complain);
}
