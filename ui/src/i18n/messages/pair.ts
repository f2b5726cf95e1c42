/** English, then Chinese. */
export type Pair = readonly [en: string, zh: string];
export type Messages = Record<string, Pair>;
