// Whether this browser can run the pages: asked of what they use, not of its name. Written so that very old ones read it.
// biome-ignore-all lint: older words than ours on purpose.
(function () {
  var needed = [
    ['Promise.withResolvers', typeof Promise === 'function' && 'withResolvers' in Promise],
    ['AbortSignal.timeout', typeof AbortSignal === 'function' && 'timeout' in AbortSignal],
    ['fetch', typeof fetch === 'function'],
    ['crypto', typeof crypto === 'object' && 'getRandomValues' in crypto],
    ['IndexedDB', typeof indexedDB === 'object'],
    ['Intl', typeof Intl === 'object' && 'PluralRules' in Intl && 'RelativeTimeFormat' in Intl],
    ['Array.at', 'at' in Array.prototype],
    ['modules', 'noModule' in document.createElement('script')],
    ['CSS', typeof CSS === 'object' && CSS.supports && CSS.supports('selector(:has(a))')],
  ];
  var missing = [];
  for (var i = 0; i < needed.length; i++) if (!needed[i][1]) missing.push(needed[i][0]);
  if (missing.length === 0) return;
  document.documentElement.setAttribute('data-missing', missing.join(' '));
  var chinese = /^zh/i.test(navigator.language || '');
  var title = chinese ? '浏览器版本过旧' : 'This browser is too old';
  var words = chinese
    ? '部分页面可能无法使用。请更新浏览器，或改用新版 Chrome、Edge、Safari 或 Firefox。已保存的数据和草稿不受影响。'
    : 'Some pages may not work. Update it, or use a current Chrome, Edge, Safari or Firefox. Nothing that was saved or drafted is lost.';
  function tell() {
    var note = document.createElement('div');
    note.id = 'old-browser';
    note.setAttribute('role', 'alert');
    note.style.cssText =
      'position:relative;z-index:9999;padding:12px 16px;background:#fff4d6;color:#4d3800;font:16px/1.5 sans-serif';
    var head = document.createElement('strong');
    head.appendChild(document.createTextNode(title));
    note.appendChild(head);
    note.appendChild(document.createTextNode(' ' + words + ' (' + missing.join(', ') + ')'));
    document.body.insertBefore(note, document.body.firstChild);
  }
  if (document.body) tell();
  else document.addEventListener('DOMContentLoaded', tell);
})();
