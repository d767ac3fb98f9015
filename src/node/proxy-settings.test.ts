import { describe, expect, test } from "vitest";
import { proxyFor, proxySettings } from "./proxy-settings.ts";

const proxy = "http://proxy.test:3128";
const environment = (variables: Readonly<Record<string, string>>) => ({
  get: (name: string) => variables[name],
});

describe("the variables", () => {
  test("are read in capitals and in small letters, which come first", () => {
    const capitals = { HTTPS_PROXY: "a", HTTP_PROXY: "b", NO_PROXY: "c" };
    const found = { https: "a", http: "b", except: "c", loopback: false };
    expect(proxySettings(environment(capitals))).toEqual(found);
    const both = { ...capitals, https_proxy: "d", http_proxy: "e", no_proxy: "f" };
    const small = { https: "d", http: "e", except: "f", loopback: false };
    expect(proxySettings(environment(both))).toEqual(small);
  });

  test("that are empty or missing are no settings", () => {
    const none = { https: "", http: "", except: "", loopback: false };
    expect(proxySettings(environment({}))).toEqual(none);
    expect(proxySettings(environment({ HTTPS_PROXY: " ", https_proxy: "" }))).toEqual(none);
  });
});

test("each scheme has its own proxy", () => {
  const settings = { https: "one", http: "two", except: "", loopback: false };
  expect(proxyFor(new URL("https://a.test/x"), settings)).toBe("one");
  expect(proxyFor(new URL("http://a.test/x"), settings)).toBe("two");
  expect(proxyFor(new URL("http://a.test/x"), { ...settings, http: "" })).toBe(null);
});

describe("this machine's own addresses", () => {
  test.each([
    ...["localhost", "LOCALHOST.", "lab.localhost", "127.0.0.1", "127.9.8.7", "0.0.0.0"],
    ...["[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"],
  ])("%s is asked directly, unless a test wants it otherwise", (host) => {
    const settings = { https: proxy, http: proxy, except: "", loopback: false };
    const url = new URL(`http://${host}:8080/`);
    expect(proxyFor(url, settings)).toBe(null);
    expect(proxyFor(url, { ...settings, loopback: true })).toBe(proxy);
  });
});

describe("NO_PROXY", () => {
  const rows: readonly (readonly [except: string, url: string, direct: boolean])[] = [
    ["*", "https://a.test/", true],
    ["a.test", "https://a.test/", true],
    ["A.Test.", "https://a.TEST/", true],
    ["a.test", "https://api.a.test/", true],
    [".a.test", "https://api.a.test/", true],
    ["*.a.test", "https://api.a.test/", true],
    ["a.test", "https://nota.test/", false],
    ["a.test", "https://a.test.evil/", false],
    ["b.test, a.test", "https://a.test/", true],
    ["b.test a.test", "https://a.test/", true],
    ["a.test:443", "https://a.test/", true],
    ["a.test:8443", "https://a.test/", false],
    ["a.test:8443", "https://a.test:8443/", true],
    ["10.0.0.7", "https://10.0.0.7/", true],
    ["10.0.0.7:443", "https://10.0.0.7/", true],
    ["0.7", "https://10.0.0.7/", false],
    ["10.0.0.0/8", "https://10.20.30.40/", true],
    ["10.0.0.0/8", "https://11.20.30.40/", false],
    ["10.0.0.0/8", "https://ten.test/", false],
    ["10.0.0.0/99", "https://10.0.0.1/", false],
    ["10.0.0.0/", "https://10.0.0.1/", false],
    ["rubbish/8", "https://10.0.0.1/", false],
    ["fd00::/8", "https://[fd12::1]/", true],
    ["fd12::1", "https://[fd12::1]/", true],
    ["[fd12::1]:443", "https://[fd12::1]/", true],
    ["[fd12::1]:80", "https://[fd12::1]/", false],
    [", ,", "https://a.test/", false],
    ["", "https://a.test/", false],
  ];

  test.each(rows)("%j and %s: %j", (except, url, direct) => {
    const settings = { https: proxy, http: proxy, except, loopback: false };
    expect(proxyFor(new URL(url), settings)).toBe(direct ? null : proxy);
  });
});
