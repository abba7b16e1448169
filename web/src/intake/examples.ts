// What to put into a script or a web page so that it sends to an intake address.

/** A call from a shell. */
export function curlExample(url: string): string {
  const body = JSON.stringify({
    company: 'Acme Ltd',
    name: 'Jo Bell',
    phone: '13800001111',
    message: 'Hello',
  });
  return `curl -X POST '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

type FormWords = Record<
  'name' | 'company' | 'phone' | 'email' | 'message' | 'send' | 'thanks' | 'failed',
  string
>;

/** A form for a web page. It stays on the page and tells how it went; without scripts it still sends. */
export function formExample(url: string, words: FormWords): string {
  const said = (text: string) => JSON.stringify(text).replaceAll('<', '\\u003c');
  const field = (name: string, label: string, more: string) =>
    `  <label>${label} <input name="${name}"${more}></label>`;
  return [
    `<form id="intake" method="post" action="${url}">`,
    field('name', words.name, ' required'),
    field('company', words.company, ''),
    field('phone', words.phone, ' type="tel" required'),
    field('email', words.email, ' type="email"'),
    `  <label>${words.message} <textarea name="message"></textarea></label>`,
    `  <button>${words.send}</button>`,
    '  <p role="status"></p>',
    '</form>',
    '<script>',
    "  document.getElementById('intake').addEventListener('submit', function (event) {",
    '    event.preventDefault();',
    '    var form = this;',
    '    var tell = function (words) { form.querySelector(\'[role="status"]\').textContent = words; };',
    "    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })",
    '      .then(function (reply) { if (!reply.ok) throw reply; form.reset(); tell(' +
      said(words.thanks) +
      '); })',
    `      .catch(function () { tell(${said(words.failed)}); });`,
    '  });',
    '</script>',
  ].join('\n');
}
