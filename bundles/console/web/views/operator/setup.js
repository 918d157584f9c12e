/** Before a session: protocol, participant, devices. */
import {html, useEffect, useState} from '../../core/html.js';
import {clock, number, t} from '../../core/i18n.js';
import {get, post} from '../../core/api.js';
import {Failure} from '../../core/layout.js';
import {About, toTell} from './about.js';
import {look} from './model.js';
import {Screenings} from './screening.js';
import {word} from './words.js';

const SPEEDS = ['1', '2', '5', '10', '60', 'max'];
const CODE = /^[A-Za-z0-9]{1,32}$/;

/** @param {{slot: any, value: any, onChange: (v: any) => void}} props */
function Place({slot, value, onChange}) {
  const kind = value.kind;
  return html`<div class="place">
    <label>${slot.slot} <span class="soft">${word('operator.kind', slot.kind)} · ${slot.plugin}</span>
      <select value=${kind} onChange=${(/** @type {any} */ e) => onChange({...value, kind: e.currentTarget.value})}>
        <option value="protocol">${t('operator.setup.as-protocol')}</option>
        ${slot.simulator && html`<option value="simulator">${t('operator.setup.simulator')}</option>`}
        <option value="input">${t(slot.kind === 'SOURCE' ? 'operator.setup.recording' : 'operator.setup.address')}</option>
      </select></label>
    ${kind === 'input' && html`<label>${t(slot.kind === 'SOURCE' ? 'operator.setup.recording.what' : 'operator.setup.address.what')}
      <input value=${value.input} required spellcheck=${false} placeholder=${slot.kind === 'SOURCE' ? '/data/rest.xdf' : 'serial:/dev/ttyUSB0'}
        onInput=${(/** @type {any} */ e) => onChange({...value, input: e.currentTarget.value})}/></label>`}
    ${slot.kind === 'ACTUATOR' && html`<details><summary>${t('operator.setup.host')}</summary><label>${t('operator.setup.host.what')}
      <input value=${value.host} spellcheck=${false} onInput=${(/** @type {any} */ e) => onChange({...value, host: e.currentTarget.value})}/></label></details>`}
  </div>`;
}

/** What was chosen, also when the session could not be prepared and one comes back. */
const draft = {protocol: '', participant: '', places: {}, simulated: false, simulatedParticipant: false, speed: '1', about: {}};

const FRESH = {kind: 'protocol', input: '', host: ''};

export function SetUp() {
  const [protocols, setProtocols] = useState(/** @type {any[]} */ ([]));
  const [participants, setParticipants] = useState(/** @type {string[]} */ ([]));
  const [protocol, setProtocol] = useState(draft.protocol);
  const [outline, setOutline] = useState(/** @type {any} */ (null));
  const [participant, setParticipant] = useState(draft.participant);
  const [places, setPlaces] = useState(/** @type {Record<string, any>} */ (draft.places));
  const [simulated, setSimulated] = useState(draft.simulated);
  const [simulatedParticipant, setSimulatedParticipant] = useState(draft.simulatedParticipant);
  const [speed, setSpeed] = useState(draft.speed);
  const [about, setAbout] = useState(/** @type {Record<string, string>} */ (draft.about));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(/** @type {any} */ (null));
  Object.assign(draft, {protocol, participant, places, simulated, simulatedParticipant, speed, about});

  useEffect(() => {
    get('/protocols').then(said => setProtocols(said.protocols), setError);
    get('/participants').then(said => setParticipants(said.participants), () => setParticipants([]));
  }, []);
  useEffect(() => {
    setOutline(null);
    setError(null);
    if (!protocol) return undefined;
    let over = false;
    get(`/protocols/${encodeURIComponent(protocol)}/outline`).then(said => { if (!over) setOutline(said); }, e => { if (!over) setError(e); });
    return () => { over = true; };
  }, [protocol]);

  const takers = outline ? outline.slots.filter((/** @type {any} */ s) => s.takesInput) : [];
  const acts = takers.some((/** @type {any} */ s) => s.kind === 'ACTUATOR');
  const of = (/** @type {any} */ s) => places[s.slot] || {...FRESH, kind: simulated && s.kind === 'ACTUATOR' && s.simulator ? 'simulator' : 'protocol'};

  const begin = async (/** @type {Event} */ e) => {
    e.preventDefault();
    setBusy(true);
    setError(null);
    /** @type {Record<string, any>} */
    const inputs = {}, simulate = {}, hosts = {};
    for (const s of takers) {
      const p = of(s);
      if (p.kind === 'input') inputs[s.slot] = p.input.trim();
      if (p.kind === 'simulator') simulate[s.slot] = true;
      if (p.host.trim()) hosts[s.slot] = p.host.trim();
    }
    try {
      await post('/visits', {protocol, participant: participant.trim(), inputs, simulate, hosts, simulated, simulatedParticipant, speed,
        about: toTell(outline.asks, about)});
      draft.about = {};
      await look(true);
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const own = protocols.filter(p => p.own), shipped = protocols.filter(p => !p.own);
  const option = (/** @type {any} */ p) => html`<option value=${p.name}>${p.title === p.name ? p.name : `${p.title} (${p.name})`}</option>`;
  return html`<form class="setup" onSubmit=${begin} aria-labelledby="h-setup">
    <h1 id="h-setup">${t('operator.setup')}</h1>
    <div class="grid">
      <section class="card">
        <h2>${t('operator.setup.what')}</h2>
        <label>${t('operator.setup.protocol')}<select value=${protocol} required onChange=${(/** @type {any} */ e) => { setPlaces({}); setProtocol(e.currentTarget.value); }}>
          <option value="">${t('operator.setup.choose')}</option>
          ${own.length > 0 && html`<optgroup label=${t('operator.setup.own')}>${own.map(option)}</optgroup>`}
          ${shipped.length > 0 && html`<optgroup label=${t('operator.setup.shipped')}>${shipped.map(option)}</optgroup>`}</select></label>
        ${outline && html`<p class="soft">${t('operator.setup.outline', {phases: outline.phases.length, slots: outline.slots.length})}${' '}
          ${outline.totalSeconds ? t('operator.setup.lasts', {time: clock(outline.totalSeconds)}) : t('operator.setup.open-end')}</p>`}
        <label>${t('operator.setup.participant')}<input value=${participant} required pattern="[A-Za-z0-9]{1,32}" list="participants" autocomplete="off" spellcheck=${false}
          maxlength="32" aria-describedby="participant-hint" onInput=${(/** @type {any} */ e) => { setParticipant(e.currentTarget.value); setAbout({}); }}/></label>
        <datalist id="participants">${participants.map(p => html`<option value=${p}/>`)}</datalist>
        <p id="participant-hint" class="hint">${t('operator.setup.participant.hint')}</p>
        ${outline && outline.asks.length > 0 && html`<${About} asks=${outline.asks} told=${about} onChange=${setAbout}/>`}
        <label class="check"><input type="checkbox" checked=${simulatedParticipant} onChange=${() => setSimulatedParticipant(!simulatedParticipant)}/> ${t('operator.setup.simulated-participant')}</label>
        <label>${t('operator.setup.speed')}<select value=${speed} onChange=${(/** @type {any} */ e) => setSpeed(e.currentTarget.value)}>
          ${SPEEDS.map(s => html`<option value=${s}>${s === 'max' ? t('operator.setup.speed.max') : t(s === '1' ? 'operator.setup.speed.real' : 'operator.setup.speed.times', {n: number(Number(s))})}</option>`)}</select></label>
      </section>
      ${takers.length > 0 && html`<section class="card">
        <h2>${t('operator.setup.devices')}</h2>
        ${acts && html`<label class="check"><input type="checkbox" checked=${simulated} onChange=${() => setSimulated(!simulated)}/>
          <span>${t('operator.setup.simulated')}<br/><span class="hint">${t('operator.setup.simulated.hint')}</span></span></label>`}
        ${takers.map((/** @type {any} */ s) => html`<${Place} key=${protocol + s.slot} slot=${s} value=${of(s)} onChange=${(/** @type {any} */ v) => setPlaces({...places, [s.slot]: v})}/>`)}
      </section>`}
      <section class="card">
        <h2>${t('operator.screening')}</h2>
        ${CODE.test(participant.trim()) ? html`<${Screenings} participant=${participant.trim()}/>` : html`<p class="soft">${t('operator.screening.who')}</p>`}
      </section>
    </div>
    <${Failure} error=${error} onClose=${() => setError(null)}/>
    <p><button class="main big" disabled=${busy || !outline}>${t(busy ? 'operator.setup.busy' : 'operator.setup.do')}</button>
      <span class="hint">${t('operator.setup.do.hint')}</span></p>
  </form>`;
}
