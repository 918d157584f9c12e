/**
 * Signals drawn as a monitor draws them: from left to right, over what was there one width before. So each frame draws only
 * what is new, however long the span, and nothing is kept but the newest samples in rings of a fixed size.
 */

/** Pixels that are wiped ahead of the newest sample. */
const GAP = 14;
/** How often it is looked whether the scale still fits, milliseconds. */
const FIT_MS = 700;
/** More samples than this in one pixel are drawn as their least and greatest. */
const DENSE = 3;

/** What was drawn, for whoever measures it. */
export const drawn = {frames: 0, samples: 0};
/** @type {any} */ (globalThis).anodyneDrawn = drawn;

/** @type {Set<() => void>} */
const painters = new Set();
let scheduled = 0;

function frame() {
  scheduled = painters.size > 0 ? requestAnimationFrame(frame) : 0;
  painters.forEach(paint => paint());
  if (painters.size > 0) drawn.frames++;
}

/** Calls back once for each frame that the screen shows. @param {() => void} paint @returns {() => void} ends it */
export function eachFrame(paint) {
  painters.add(paint);
  if (!scheduled) scheduled = requestAnimationFrame(frame);
  return () => painters.delete(paint);
}

/** 1, 2 or 5 times a power of ten, not below. @param {number} value */
export function nice(value) {
  if (!(value > 0)) return 1;
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  for (const f of [1, 2, 5, 10]) if (f * power >= value * 0.999) return f * power;
  return 10 * power;
}

/** Newest samples of one stream. */
export class Samples {
  /** @param {number} channels @param {number} rateHz @param {number} seconds that are kept */
  constructor(channels, rateHz, seconds) {
    this.rateHz = rateHz;
    this.capacity = Math.max(64, Math.ceil(rateHz * seconds));
    this.data = Array.from({length: channels}, () => new Float32Array(this.capacity).fill(NaN));
    /** Number of the newest sample; −1 before the first. */
    this.last = -1;
    /** Longest block so far, samples. */
    this.block = 1;
  }

  /** @param {number} index number of the first sample @param {Float32Array | number[]} samples sample by sample */
  add(index, samples) {
    const channels = this.data.length;
    const n = Math.floor(samples.length / channels);
    if (n > this.capacity || n === 0) return;
    if (this.last - index >= this.capacity) { // counted anew: another life of the source
      this.last = -1;
      for (const ring of this.data) ring.fill(NaN);
    }
    // A gap in the numbers is a gap on the screen, unless the block only comes late: brokers may change the order.
    const from = Math.max(this.last + 1, index - this.capacity);
    for (const ring of this.data) for (let i = from; i < index; i++) ring[i % this.capacity] = NaN;
    for (let c = 0; c < channels; c++) {
      const ring = this.data[c];
      for (let k = 0, s = c; k < n; k++, s += channels) ring[(index + k) % this.capacity] = samples[s];
    }
    this.last = Math.max(this.last, index + n - 1);
    if (n > this.block) this.block = n;
  }
}

/** A canvas on which the chosen channels of a stream are drawn. */
export class Sweep {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Samples} samples
   */
  constructor(canvas, samples) {
    this.canvas = canvas;
    this.samples = samples;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', {alpha: true}));
    /** Numbers of the channels that are drawn, from the top. @type {number[]} */
    this.channels = samples.data.map((_, c) => c);
    /** @type {string[]} */
    this.colours = ['currentColor'];
    this.seconds = 10;
    /** Units from the middle of a channel's band to its edge; 0 for what fits. */
    this.wanted = 0;
    this.scale = 0;
    /** @type {number[]} */
    this.middle = [];
    this.head = -1;
    this.at = 0;
    this.fitted = 0;
    this.wiped = 0;
    this.paused = false;
    this.visible = true;
    this.width = 0;
    this.height = 0;
    this.ratio = 1;
    this.fresh = true;
    this.resized = true;
    this.observer = new ResizeObserver(() => { this.resized = true; });
    this.observer.observe(canvas);
    /** Called when the scale has changed. @type {(scale: number) => void} */
    this.onScale = () => {};
  }

  /** Samples a second of the wall's clock. @param {number} speed */
  advance(speed) {
    const {last, block, rateHz} = this.samples;
    const now = performance.now();
    const dt = Math.min(0.25, (now - this.at) / 1000);
    this.at = now;
    if (last < 0) return;
    if (last < this.head) { this.head = -1; this.fresh = true; }
    const lag = last - this.head;
    // Blocks come in jumps; the head goes evenly, a block and a half behind, a little faster when it falls back.
    const wanted = Math.max(2, 1.5 * block);
    if (this.head < 0 || lag > Math.max(4 * wanted, rateHz * speed)) this.head = last;
    else this.head = Math.min(last, this.head + dt * rateHz * speed * Math.min(2, Math.max(0.25, lag / wanted)));
  }

  /** Once a frame. @param {number} speed of session time */
  paint(speed) {
    if (this.paused) return;
    const before = Math.floor(this.head);
    this.advance(speed);
    if (!this.visible || !(this.fit() || this.width)) return;
    const head = Math.floor(this.head);
    if (this.fresh) return this.all();
    if (head <= before) return;
    const span = Math.round(this.seconds * this.samples.rateHz);
    if (this.at - this.fitted > FIT_MS) {
      this.fitted = this.at;
      if (this.rescale()) return this.all();
    }
    if (before < 0 || head - before >= span) return this.all();
    this.stretch(before, head);
  }

  /** Draws everything anew at the next frame. */
  renew() { this.fresh = true; }

  /** @returns {boolean} whether the canvas has another size now */
  fit() {
    if (!this.resized) return false;
    this.resized = false;
    if (this.canvas.clientWidth === 0) { this.width = 0; return false; }
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio)), height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (width === this.width && height === this.height) return false;
    Object.assign(this, {width, height, ratio});
    this.canvas.width = width;
    this.canvas.height = height;
    this.fresh = true;
    return true;
  }

  close() { this.observer.disconnect(); }

  /** Chooses scale and middles by what is there. @returns {boolean} whether they have changed so much that all is drawn anew */
  rescale() {
    const {data, capacity, rateHz, last} = this.samples;
    const n = Math.min(capacity, last + 1, Math.round(this.seconds * rateHz));
    const step = Math.max(1, Math.floor(n / 500));
    let reach = 0;
    const middles = this.channels.map(c => {
      let low = Infinity, high = -Infinity;
      for (let k = 0; k < n; k += step) {
        const v = data[c][(last - k) % capacity];
        if (v < low) low = v;
        if (v > high) high = v;
      }
      if (!(high >= low)) return 0;
      reach = Math.max(reach, (high - low) / 2);
      return (low + high) / 2;
    });
    const scale = this.wanted > 0 ? this.wanted : nice(reach * 1.1);
    const moved = middles.some((v, i) => Math.abs(v - (this.middle[i] ?? NaN)) > 0.35 * scale || this.middle[i] === undefined);
    const other = this.scale === 0 || scale > this.scale || scale < this.scale * 0.45 || (this.wanted > 0 && scale !== this.scale);
    if (!moved && !other) return false;
    this.middle = middles;
    if (other && scale !== this.scale) { this.scale = scale; this.onScale(scale); }
    return true;
  }

  all() {
    this.fresh = false;
    const c = this.context;
    c.clearRect(0, 0, this.width, this.height);
    if (this.samples.last < 0) return;
    this.rescale();
    const span = Math.round(this.seconds * this.samples.rateHz);
    const head = Math.floor(this.head);
    const kept = Math.min(this.samples.capacity - 1, span - Math.ceil((GAP * this.ratio * span) / this.width));
    this.stretch(Math.max(-1, head - kept), head, true);
  }

  /**
   * Draws the samples behind one up to another.
   * @param {number} from drawn already @param {number} to @param {boolean} [clean] nothing has to be wiped
   */
  stretch(from, to, clean = false) {
    const {samples: {rateHz, data, capacity}, context: c, width, height} = this;
    const span = Math.round(this.seconds * rateHz);
    const x = (/** @type {number} */ i) => ((i % span) / span) * width;
    const lap = Math.floor(Math.max(0, from) / span) !== Math.floor(to / span) ? Math.floor(to / span) * span : -1;
    if (lap > from + 1) { // over the right edge and on from the left
      this.stretch(from, lap - 1, clean);
      return this.stretch(lap - 1, to, clean);
    }
    const begins = from < 0 || lap === from + 1;
    const dense = span / width > DENSE;
    let first = begins ? from + 1 : from;
    if (dense && !begins) { // the whole of the pixel that was drawn in part
      const start = Math.floor(from / span) * span;
      first = Math.max(start, start + Math.ceil((Math.floor(x(from)) * span) / width));
    }
    // Only what is ahead is wiped: beside the newest sample lies what was drawn just now.
    const wipe = x(to) + GAP * this.ratio;
    if (begins && !clean) this.wiped = 0;
    if (!clean && wipe > this.wiped) c.clearRect(this.wiped, 0, wipe - this.wiped, height);
    this.wiped = wipe;
    const band = height / this.channels.length;
    c.lineWidth = 1.25 * this.ratio;
    c.lineJoin = 'bevel';
    this.channels.forEach((channel, row) => {
      const ring = data[channel], middle = this.middle[row] || 0;
      const zero = band * (row + 0.5), per = (band * 0.48) / (this.scale || 1);
      const top = band * row, bottom = band * (row + 1);
      const y = (/** @type {number} */ v) => Math.min(bottom, Math.max(top, zero - (v - middle) * per));
      c.strokeStyle = this.colours[channel % this.colours.length];
      c.beginPath();
      let pen = false;
      if (!dense) {
        for (let i = first; i <= to; i++) {
          const v = ring[i % capacity];
          if (Number.isNaN(v)) { pen = false; continue; }
          if (pen) c.lineTo(x(i), y(v)); else c.moveTo(x(i), y(v));
          pen = true;
        }
      } else {
        let i = first;
        while (i <= to) {
          const px = Math.floor(x(i));
          let low = Infinity, high = -Infinity, lowAt = i, highAt = i;
          for (; i <= to && Math.floor(x(i)) === px; i++) {
            const v = ring[i % capacity];
            if (v < low) { low = v; lowAt = i; }
            if (v > high) { high = v; highAt = i; }
          }
          if (!(high >= low)) { pen = false; continue; }
          const [a, b] = lowAt < highAt ? [low, high] : [high, low];
          if (pen) c.lineTo(px + 0.5, y(a)); else c.moveTo(px + 0.5, y(a));
          c.lineTo(px + 0.5, y(b) + (a === b ? 0.01 : 0));
          pen = true;
        }
      }
      c.stroke();
      drawn.samples += to - first;
    });
  }
}
