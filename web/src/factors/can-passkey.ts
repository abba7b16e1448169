// Whether this browser can use passkeys at this address: they need a name and a safe connection.

const bareNumber = /^(\d{1,3}(\.\d{1,3}){3}|\[.*\])$/;

export function canPasskey(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window && !bareNumber.test(location.hostname);
}
