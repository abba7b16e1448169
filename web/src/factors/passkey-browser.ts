// Making and showing passkeys: loaded only when somebody presses the button, so that the door stays light.
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

type Options = Record<string, unknown>;

/** What the browser made of the options; `stopped` when the person gave up, `known` when the passkey exists. */
export async function makePasskey(options: Options): Promise<RegistrationResponseJSON | 'stopped' | 'known'> {
  try {
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    return await startRegistration({ optionsJSON });
  } catch (error) {
    return nameOf(error) === 'InvalidStateError' ? 'known' : gaveUp(error);
  }
}

/** Shows a passkey that the person chooses; `stopped` when he gave up or has none here. */
export async function showPasskey(options: Options): Promise<AuthenticationResponseJSON | 'stopped'> {
  try {
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
    return await startAuthentication({ optionsJSON });
  } catch (error) {
    return gaveUp(error);
  }
}

function gaveUp(error: unknown): 'stopped' {
  if (/^(NotAllowed|Abort)Error$/.test(nameOf(error))) return 'stopped';
  throw error;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
