// Two soft tones, made by the browser itself.

const TONES_HZ = [660, 880];
const TONE_S = 0.14;
const LOUDNESS = 0.06;

/** Plays them. A browser that lets nobody make a sound before a click stays silent. */
export function chime(): void {
  const context = new AudioContext();
  const end = context.currentTime + TONES_HZ.length * TONE_S;
  TONES_HZ.forEach((hertz, i) => {
    const from = context.currentTime + i * TONE_S;
    const loudness = context.createGain();
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, from + TONE_S);
    const tone = new OscillatorNode(context, { frequency: hertz });
    tone.connect(loudness).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  });
  setTimeout(() => void context.close(), (end - context.currentTime + 0.5) * 1000);
}
