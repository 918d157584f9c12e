/** The one place from which views take what they are made of. */
import {h, render, Fragment} from 'preact';
import htm from 'htm';

/** Tagged template that makes elements. What is put into it is shown as text, never read as markup. */
export const html = htm.bind(h);
export {h, render, Fragment};
export {useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback} from 'preact/hooks';
export {signal, computed, effect, batch, useSignal, useComputed, useSignalEffect} from '@preact/signals';
