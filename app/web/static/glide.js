/** @file Goes from one view to another in a few frames, for readers who don't ask for less motion. */

const TAKES_MS = 160;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** A view on its way: `goal` is where it goes, null while it rests. */
export class Glide {
  goal = null;
  #frame = 0;

  /** @param {(view: {from: number, to: number}) => void} move told each view on the way, and the last */
  constructor(move) {
    this.move = move;
  }

  /** Goes from a view to another. A new way takes the place of the one before. */
  go(from, to) {
    this.stop();
    if (still.matches) return this.move(to);
    this.goal = to;
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - began) / TAKES_MS));
      const eased = 1 - (1 - share) ** 3;
      if (share === 1) this.goal = null;
      else this.#frame = requestAnimationFrame(step);
      this.move(share === 1 ? to : { from: mix(from.from, to.from, eased), to: mix(from.to, to.to, eased) });
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** Stays where it is. */
  stop() {
    cancelAnimationFrame(this.#frame);
    this.goal = null;
  }
}

const mix = (one, other, share) => one + (other - one) * share;
