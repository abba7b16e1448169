// Addresses made from what people type: dialled, shown on a map, opened; never anything that runs.
import { describe, expect, it } from 'vitest';
import { mapOf, telOf, webOf } from './addresses.ts';

describe('a number to call', () => {
  it('keeps digits and the plus, whatever stands between', () => {
    expect(telOf('+86 (574) 8765-4321')).toBe('tel:+8657487654321');
    expect(telOf('１３８ ００１３ ８０００')).toBe('tel:13800138000');
  });

  it('dials an extension after a pause', () => {
    expect(telOf('0574-87654321 转 802')).toBe('tel:057487654321,802');
    expect(telOf('020 7946 0000 ext. 12')).toBe('tel:02079460000,12');
  });
});

describe('a web address', () => {
  it('gets a scheme when it has none', () => {
    expect(webOf('example.test/a')).toBe('https://example.test/a');
    expect(webOf('http://example.test')).toBe('http://example.test');
  });

  it('is never a script', () => {
    expect(webOf('javascript:alert(1)')).toBeNull();
    expect(webOf(null)).toBeNull();
  });
});

describe('a map', () => {
  it('is offered only where there is a place', () => {
    expect(mapOf({ name: 'x', city: null, address: null }, 'en')).toBeNull();
    expect(mapOf({ name: 'x', city: '宁波', address: null }, 'zh-CN')).toContain(encodeURIComponent('宁波'));
  });
});

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)',
    'zh-CN',
    /^https:\/\/maps\.apple\.com\/\?q=%E6%9D%AD/,
  ],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9)', 'zh-CN', /^geo:0,0\?q=%E6%9D%AD/],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'zh-CN', /^https:\/\/uri\.amap\.com\//],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'en', /^https:\/\/www\.openstreetmap\.org\//],
])('leads on %s in %s to the map that is there', (agent, language, address) => {
  const place = { name: '', city: '杭州', address: '文三路 1 号' };
  expect(mapOf(place, language, agent)).toMatch(address);
  expect(mapOf({ name: '某客户', city: null, address: null }, language, agent)).toBeNull();
});
