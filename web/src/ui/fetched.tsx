// Parts of pages that are fetched when they are needed. One that cannot be says so, and comes once it can.
import { type ComponentType, type FunctionComponent, use, useReducer } from 'react';
import { PartAway } from './PartAway.tsx';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

export type Fetched<P> = FunctionComponent<P> & {
  /** Fetches it beforehand; never throws. */
  preload: () => Promise<void>;
  isThere: () => boolean;
};

/**
 * As React's `lazy`, but where the part cannot be fetched the page around it stays as it is, with everything typed: in
 * the part's place stands why, and it is tried again when the line is back. A part with `onClose` can be given up.
 */
export function fetched<P extends object>(load: Load<P>): Fetched<P> {
  let there: ComponentType<P> | null = null;
  let failure: unknown = null;
  let coming: Promise<void> | null = null;
  const bring = async () => {
    try {
      there = (await load()).default;
      failure = null;
    } catch (cause) {
      failure = cause;
    }
    coming = null;
  };
  const preload = () => {
    if (there) return Promise.resolve();
    coming ??= bring();
    return coming;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module, as by React's own `lazy`
  function Part(props: P) {
    const [, again] = useReducer((times: number) => times + 1, 0);
    if (there) {
      const There = there;
      return <There {...props} />;
    }
    if (failure === null) use(preload());
    const close = 'onClose' in props && typeof props.onClose === 'function' ? props.onClose : null;
    return (
      <PartAway
        onRetry={async () => {
          await preload();
          if (there) again();
          return there !== null;
        }}
        onClose={close ? () => close() : null}
      />
    );
  }
  return Object.assign(Part, { preload, isThere: () => there !== null });
}
