// When a password holds the company's name, and when it only shares letters with it.
import { describe, expect, it } from 'vitest';
import { holdsCompany } from './rules.ts';

describe('a password holds the company’s name', () => {
  it.each([
    ['Acme Lighting', 'we-love-acme-lamps'],
    ['Acme Lighting', 'bright lighting 17'],
    ['Acme Lighting', 'AcmeLighting#2031'],
    ['Blue Sky Ltd', 'blue-sky-ltd-forever'],
    ['Ｎｏｒｔｈｗｉｎｄ', 'northwind-forever-9'],
    ['海云贸易有限公司', '我在海云上班已经十年了'],
    ['海云贸易有限公司', '海云贸易有限公司万岁万万岁'],
    ['Test Trading 测试商贸', '爱测试商贸的每一天都开心'],
  ])('%s: %s', (company, password) => expect(holdsCompany(password, company)).toBe(true));

  it.each([
    ['', 'five-green-bottles'],
    ['A', 'five-green-bottles'],
    ['Test Trading', 'the-latest-news-today'],
    ['Trading Company Ltd', 'good company for trading'],
    ['贸易有限公司', '五只绿色的瓶子挂在墙上'],
    ['海云贸易有限公司', '大海和白云都在那边'],
    ['Blue Sky Ltd', 'five-bluebottles-9'],
  ])('not %s: %s', (company, password) => expect(holdsCompany(password, company)).toBe(false));
});
