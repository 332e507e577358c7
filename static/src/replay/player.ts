// The playing itself: where one is on the track, how fast it goes, and what comes of every act. Knows no views.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

import type { PlayerAct } from "./keys";
import { pieceAt, placeOf, timeAt, trackOf, type Piece, type Span, type Track } from "./track";

export const SPEEDS = [0.5, 1, 1.5, 2, 4, 8] as const;

export interface Source {
  /** What is watched, as far as it is known. */
  spans: readonly Span[];
  /** When something happened, rising. */
  times: readonly number[];
  /** More of it is on its way. */
  isLoading: boolean;
}

export class Player {
  readonly isPlaying = signal(false);
  readonly speed = signal<number>(1);
  readonly skipsSilence = signal(true);
  readonly source = signal<Source>({ spans: [], times: [], isLoading: true });
  /** Where one is, in milliseconds of the track. */
  readonly place = signal(0);
  readonly track: ReadonlySignal<Track>;
  /** The track with nothing shortened: what the clock counts, and what links name. */
  readonly whole: ReadonlySignal<Track>;
  /** The moment of the session that is seen, in milliseconds. */
  readonly time: ReadonlySignal<number>;
  /** Seconds on the player's clock. */
  readonly clockS: ReadonlySignal<number>;
  readonly lengthS: ReadonlySignal<number>;
  /** The silence that is being left out just now. */
  readonly silence: ReadonlySignal<Piece | null>;
  readonly isAtEnd: ReadonlySignal<boolean>;
  /** It would go on if more were there. */
  readonly isWaiting: ReadonlySignal<boolean>;
  /** A moment asked for before it was loaded: seconds on the clock. */
  #wantedS: number | null = null;

  constructor() {
    this.track = computed(() => {
      const { spans, times } = this.source.value;
      return trackOf(spans, this.skipsSilence.value ? times : null);
    });
    this.whole = computed(() => trackOf(this.source.value.spans, null));
    this.time = computed(() => timeAt(this.track.value, this.place.value));
    // Rounded, or who is sent to a second would arrive a hair before it.
    this.clockS = computed(() => Math.round(placeOf(this.whole.value, this.time.value)) / 1000);
    this.lengthS = computed(() => this.whole.value.length / 1000);
    this.silence = computed(() => {
      const piece = pieceAt(this.track.value, this.place.value);
      return piece?.isSilence ? piece : null;
    });
    this.isAtEnd = computed(() => !this.source.value.isLoading && this.place.value >= this.track.value.length);
    this.isWaiting = computed(() => this.source.value.isLoading && this.place.value >= this.track.value.length);
  }

  /** There is more to watch. One stays at the moment one is at. */
  feed(source: Source): void {
    batch(() => {
      const [time, wasFed] = [this.time.peek(), this.track.peek().length > 0];
      this.source.value = source;
      if (wasFed) this.place.value = placeOf(this.track.peek(), time);
      if (this.#wantedS !== null) this.seekClock(this.#wantedS);
    });
  }

  toggle(): void {
    if (!this.isPlaying.peek() && this.isAtEnd.peek()) this.place.value = 0;
    this.isPlaying.value = !this.isPlaying.peek();
  }

  /** Goes to a place on the track. */
  seek(place: number): void {
    this.#wantedS = null;
    this.place.value = Math.max(0, Math.min(place, this.track.peek().length));
  }

  /** Goes to a moment of the session. */
  seekTime(timeMs: number): void {
    this.seek(placeOf(this.track.peek(), timeMs));
  }

  /** Goes to what the clock calls so; if that is not loaded yet, as soon as it is. */
  seekClock(seconds: number): void {
    const isThere = !this.source.peek().isLoading || this.lengthS.peek() > seconds;
    this.seekTime(timeAt(this.whole.peek(), seconds * 1000));
    this.#wantedS = isThere ? null : seconds;
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
  }

  setSkipping(skips: boolean): void {
    batch(() => {
      const time = this.time.peek();
      this.skipsSilence.value = skips;
      this.place.value = placeOf(this.track.peek(), time);
    });
  }

  /** So much time has passed for who watches. */
  pass(ms: number): void {
    if (!this.isPlaying.peek()) return;
    batch(() => {
      this.place.value = Math.min(this.place.peek() + ms * this.speed.peek(), this.track.peek().length);
      if (this.isAtEnd.peek()) this.isPlaying.value = false;
    });
  }

  act(act: Exclude<PlayerAct, { do: "moment" }>): void {
    switch (act.do) {
      case "toggle":
        return this.toggle();
      case "step":
        return this.seek(this.place.peek() + act.byS * 1000);
      case "faster":
        return this.setSpeed(SPEEDS.find((each) => each > this.speed.peek()) ?? this.speed.peek());
      case "slower":
        return this.setSpeed(SPEEDS.findLast((each) => each < this.speed.peek()) ?? this.speed.peek());
      case "share":
        return this.seek(this.track.peek().length * act.of);
    }
  }
}
