/** Reads aloud, in the browser's own voice. */

export const canSpeak = 'speechSynthesis' in window && typeof SpeechSynthesisUtterance === 'function';

/** Says a text in place of what is being said. @param {string} text @param {string} lang tag of its language */
export function say(text, lang) {
  if (!canSpeak) return;
  speechSynthesis.cancel();
  if (!text) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = lang;
  utterance.rate = 0.9;
  speechSynthesis.speak(utterance);
}

export function hush() { if (canSpeak) speechSynthesis.cancel(); }
