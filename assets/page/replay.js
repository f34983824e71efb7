"use strict";
(function () {
  const D = DATA, T = D.t, N = D.frames.length, H = D.cols * D.rows, ROW = 0.8660254037844386;
  const NS = "http://www.w3.org/2000/svg";

  // -- small helpers -------------------------------------------------------------------------------------------------
  function make(name, parent, cls, text) {
    const e = document.createElement(name);
    if (cls) e.className = cls;
    if (text !== undefined) e.textContent = text;
    if (parent) parent.appendChild(e);
    return e;
  }
  function draw(name, parent, values, text) {
    const e = document.createElementNS(NS, name);
    for (const k in values) e.setAttribute(k, values[k]);
    if (text !== undefined) e.textContent = text;
    parent.appendChild(e);
    return e;
  }
  function rgba(c, a) { return "rgba(" + c[0] + "," + c[1] + "," + c[2] + "," + a + ")"; }
  function signed(v) { return (v > 0 ? "+" : "") + String(v).replace("-", "\u2212"); }

  // -- the state of every frame: each stores only what changes ----------------------------------------------------------
  function unfold(name, start) {
    const all = [], now = new Uint8Array(H).fill(start);
    for (const f of D.frames) {
      let at = 0;
      if (f[name]) for (const run of f[name].split(" ")) {
        const p = run.split(":").map(function (x) { return parseInt(x, 36); });
        at += p[0];
        now.fill(p[2], at, at + p[1]);
        at += p[1];
      }
      all.push(now.slice());
    }
    return all;
  }
  const control = unfold("c", 255), seen = D.fog ? unfold("v", 0) : null;

  // -- the page ----------------------------------------------------------------------------------------------------------
  const app = document.getElementById("app");
  const head = make("header", app);
  make("h1", head, "", D.title);
  make("p", head, "", D.info);
  const main = make("main", app), left = make("div", main), box = make("div", left, "map");
  const canvas = make("canvas", box), card = make("div", box, "card");
  const cardDate = make("b", card), cardTurn = make("span", card);
  canvas.setAttribute("role", "img");
  const bar = make("div", left, "bar");
  function button(text, title, action, cls) {
    const b = make("button", bar, cls || "", text);
    b.title = title;
    b.addEventListener("click", action);
    return b;
  }
  button("|\u25C0", T.first, function () { pause(); go(0); });
  button("\u25C0", T.back, function () { pause(); go(at - 1); });
  const playButton = button(T.play, "", function () { playing ? pause() : play(); }, "play");
  button("\u25B6", T.next, function () { pause(); go(at + 1); });
  button("\u25B6|", T.last, function () { pause(); go(N - 1); });
  const speed = make("select", bar);
  speed.title = T.speed;
  [[0.5, "\u00BD\u00D7"], [1, "1\u00D7"], [2, "2\u00D7"], [4, "4\u00D7"], [8, "8\u00D7"]].forEach(function (s) {
    make("option", speed, "", s[1]).value = s[0];
  });
  speed.value = "1";
  const slider = make("input", bar);
  slider.type = "range"; slider.min = 0; slider.max = N - 1; slider.value = 0;
  slider.setAttribute("aria-label", T.turn);
  slider.addEventListener("input", function () { pause(); go(+slider.value); });
  const time = draw("svg", left, { "class": "time", viewBox: "0 0 1000 78" });
  const side = make("aside", main);

  // -- the map -----------------------------------------------------------------------------------------------------------
  const base = new Image(), atlas = new Image();
  const ctx = canvas.getContext("2d");
  const washes = {}, fronts = {}, veils = {};

  function tinted(f, cells) {
    const off = document.createElement("canvas");
    off.width = D.cols * 4 + 2;
    off.height = D.rows * 4;
    const c = off.getContext("2d");
    for (let h = 0; h < H; h++) {
      const row = Math.floor(h / D.cols), col = h % D.cols, paint = cells(h);
      if (!paint) continue;
      c.fillStyle = paint;
      c.fillRect(col * 4 + (row & 1) * 2, row * 4, 4, 4);
    }
    return off;
  }
  function lay(off) {
    ctx.drawImage(off, -0.5 * D.hex - D.left, -0.5 * ROW * D.hex - D.top, (D.cols + 0.5) * D.hex, D.rows * ROW * D.hex);
  }
  function wash(f) {
    const paint = [rgba(D.wash[0], 0.25), rgba(D.wash[1], 0.13)];
    return washes[f] = washes[f] || tinted(f, function (h) { return paint[control[f][h]]; });
  }
  function veil(f) {
    return veils[f] = veils[f] || tinted(f, function (h) { return seen[f][h] ? "" : "rgba(30,34,40,.38)"; });
  }
  // The front follows the hexsides; at a corner where two of them meet it bends from middle to middle.
  function front(f) {
    if (fronts[f]) return fronts[f];
    const c = control[f], meet = new Map(), r = D.hex / Math.sqrt(3), path = new Path2D();
    function corner(x, y, mx, my) {
      const key = Math.round(x * 2 / D.hex) * 4096 + Math.round(y * 2 / r);
      let m = meet.get(key);
      if (!m) meet.set(key, m = { x: x, y: y, m: [] });
      m.m.push([mx, my]);
    }
    for (let h = 0; h < H; h++) {
      const row = Math.floor(h / D.cols), col = h % D.cols, odd = row & 1;
      const x = D.hex * (col + 0.5 * odd) - D.left, y = D.hex * ROW * row - D.top;
      const up = row ? h - D.cols + odd : -1;
      const near = [col + 1 < D.cols ? h + 1 : -1, up >= 0 && col + odd < D.cols ? up : -1, up >= 0 && col + odd > 0 ? up - 1 : -1];
      const ends = [[0.5, -0.5, 0.5, 0.5], [0, -1, 0.5, -0.5], [-0.5, -0.5, 0, -1]];
      for (let d = 0; d < 3; d++) {
        const n = near[d];
        if (n < 0 || c[h] > 1 || c[n] > 1 || c[h] === c[n]) continue;
        const e = ends[d], ax = x + e[0] * D.hex, ay = y + e[1] * r, bx = x + e[2] * D.hex, by = y + e[3] * r;
        corner(ax, ay, (ax + bx) / 2, (ay + by) / 2);
        corner(bx, by, (ax + bx) / 2, (ay + by) / 2);
      }
    }
    meet.forEach(function (m) {
      if (m.m.length === 2) {
        path.moveTo(m.m[0][0], m.m[0][1]);
        path.quadraticCurveTo(m.x, m.y, m.m[1][0], m.m[1][1]);
      } else m.m.forEach(function (p) { path.moveTo(p[0], p[1]); path.lineTo(m.x, m.y); });
    });
    return fronts[f] = path;
  }
  function counter(cell, x, y, alpha) {
    const s = D.cell / 2;
    ctx.globalAlpha = alpha;
    ctx.drawImage(atlas, cell % D.across * D.cell, Math.floor(cell / D.across) * D.cell, D.cell, D.cell, x - s / 2, y - s / 2, s, s);
    ctx.globalAlpha = 1;
  }
  const byKey = D.frames.map(function (f) {
    const m = new Map();
    f.u.forEach(function (u) { m.set(u[0], u); });
    return m;
  });
  function paint(f, share) {
    const k = canvas.width / D.w;
    ctx.setTransform(k, 0, 0, k, 0, 0);
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(base, 0, 0, D.w, D.h);
    lay(wash(f));
    if (seen) lay(veil(f));
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.strokeStyle = "#FBF4E2"; ctx.lineWidth = 4.5; ctx.stroke(front(f));
    ctx.strokeStyle = "#1E1A16"; ctx.lineWidth = 2; ctx.stroke(front(f));
    const from = f > 0 && share < 1 ? byKey[f - 1] : null;
    const soft = share * share * (3 - 2 * share);
    if (from) D.frames[f - 1].u.forEach(function (u) { if (!byKey[f].has(u[0])) counter(u[1], u[2], u[3], 1 - soft); });
    D.frames[f].u.forEach(function (u) {
      const was = from && from.get(u[0]);
      if (was) counter(u[1], was[2] + (u[2] - was[2]) * soft, was[3] + (u[3] - was[3]) * soft, 1);
      else counter(u[1], u[2], u[3], from ? soft : 1);
    });
  }

  // -- charts ------------------------------------------------------------------------------------------------------------
  const CW = 372, CH = 128, CL = 40, CR = 92, CT = 8, CB = 20;
  function cx(day) { return CL + (CW - CL - CR) * day / D.span; }
  function scale(most) {
    const rough = Math.max(most, 1e-9) / 4, power = Math.pow(10, Math.floor(Math.log10(rough) + 1e-9));
    const step = [1, 2, 2.5, 5, 10].map(function (f) { return f * power; }).find(function (s) { return s >= rough * 0.999; });
    return [Math.max(1, Math.ceil(most / step - 1e-9)) * step, step];
  }
  const charts = D.charts.map(function (c) {
    const title = make("h2", side, "", c.title), svg = draw("svg", side, { viewBox: "0 0 " + CW + " " + CH, role: "img" });
    make("small", title, "", c.unit);
    draw("title", svg, {}, c.title);
    let high = 0;
    c.curves.forEach(function (k) { k.points.forEach(function (p) { high = Math.max(high, p[1]); }); });
    c.marks.forEach(function (m) { high = Math.max(high, m[2]); });
    const s = c.most ? [c.most, c.most / 4] : scale(high);
    const cy = function (v) { return CH - CB - (CH - CB - CT) * Math.min(v, s[0]) / s[0]; };
    for (let v = 0; v <= s[0] + 1e-9; v += s[1]) {
      draw("path", svg, { d: "M" + CL + " " + cy(v) + "H" + (CW - CR), stroke: "#444C52" });
      draw("text", svg, { x: CL - 6, y: cy(v) + 4, "text-anchor": "end", "font-size": 11, fill: "#A9A797" },
        v.toLocaleString("en", { maximumFractionDigits: 2 }));
    }
    let lastMonth = -99;
    D.months.forEach(function (m) {
      const x = cx(m[0]);
      if (x - lastMonth > 34 && x < CW - CR - 8) { draw("text", svg, { x: x, y: CH - 5, "font-size": 11, fill: "#A9A797" }, m[1]); lastMonth = x; }
    });
    c.curves.forEach(function (k) {
      let d = "";
      k.points.forEach(function (p, n) {
        const x = cx(p[0]).toFixed(1), y = cy(p[1]).toFixed(1);
        d += n ? (k.stepped ? "H" + x + "V" + y : "L" + x + " " + y) : "M" + x + " " + y;
      });
      const line = { d: d, fill: "none", stroke: k.colour, "stroke-width": k.dashed ? 1.4 : 2.2, "stroke-linejoin": "round" };
      if (k.dashed) line["stroke-dasharray"] = "5 3";
      draw("path", svg, line);
    });
    c.marks.forEach(function (m) {
      const x = cx(m[0]), g = draw("g", svg, { stroke: m[3], "stroke-width": 2, fill: "#282D31" });
      draw("title", g, {}, m[4]);
      if (m[2] > m[1]) draw("path", g, { d: "M" + x + " " + cy(m[2]) + "V" + cy(m[1]) + "M" + (x - 4) + " " + cy(m[2]) + "h8M" + (x - 4) + " " + cy(m[1]) + "h8" });
      draw("path", g, { d: "M" + (x - 4) + " " + cy((m[1] + m[2]) / 2) + "l4 -4l4 4l-4 4z", stroke: "#D9B25F" });
    });
    const now = draw("path", svg, { stroke: "#FFE066" });
    const names = c.curves.map(function (k) { return draw("text", svg, { "font-size": 12, fill: k.colour, x: CW - CR + 8 }); });
    return function (day) {
      now.setAttribute("d", "M" + cx(day) + " " + CT + "V" + (CH - CB));
      const ends = c.curves.map(function (k, n) {
        let v = k.points[0][1];
        if (k.dashed) v = k.points[k.points.length - 1][1];
        else for (const p of k.points) { if (p[0] > day + 1e-6) break; v = p[1]; }
        return [cy(v) + 4, n, v, k];
      }).sort(function (a, b) { return a[0] - b[0]; });
      let below = -99;
      ends.forEach(function (e) {
        const y = Math.max(e[0], below + 14);
        below = y;
        names[e[1]].setAttribute("y", y);
        names[e[1]].textContent = e[3].dashed ? e[3].name : e[3].name + " " + (e[2] < 10 ? +e[2].toFixed(1) : Math.round(e[2]));
      });
    };
  });
  const happened = make("div", D.h > D.w ? side : left, "log");
  make("h2", happened, "", T.log);
  const log = make("ul", happened);

  // -- the calendar ------------------------------------------------------------------------------------------------------
  const EARLY = "#7FBF9A", LATE = "#E8694A", SAME = "#E9DFC4";
  function tx(day) { return 14 + 972 * day / D.span; }
  draw("rect", time, { x: 14, y: 47, width: 972, height: 6, rx: 3, fill: "#15181A" });
  const done = draw("rect", time, { x: 14, y: 47, width: 0, height: 6, rx: 3, fill: "#8A6A26" });
  let lastX = -99;
  D.months.forEach(function (m) {
    const x = tx(m[0]);
    if (x - lastX > 40 && x < 960) { draw("text", time, { x: x, y: 74, "font-size": 12, fill: "#A9A797" }, m[1]); lastX = x; }
  });
  const rows = [-99, -99];
  D.flags.forEach(function (f) {
    const x = tx(f[0]), tone = f[3] < 0 ? EARLY : f[3] > 0 ? LATE : SAME, words = f[1] + " " + (f[3] ? signed(f[3]) : "\u00B10");
    const g = draw("g", time, {});
    draw("title", g, {}, words);
    draw("path", g, { d: "M" + x + " 46V32", stroke: "#E9DFC4", "stroke-width": 1.6 });
    draw("path", g, { d: "M" + x + " 31l11 4l-11 4z", fill: f[2] ? "#4076A9" : "#DB7357" });
    const wide = Array.from(words).reduce(function (w, ch) { return w + (ch.charCodeAt(0) > 0x2e80 ? 12 : 6.6); }, 0);
    const start = Math.min(x - 8, 986 - wide), row = rows.findIndex(function (end) { return start > end + 6; });
    if (row >= 0) {
      rows[row] = start + wide;
      draw("text", g, { x: start, y: 28 - 14 * row, "font-size": 12, fill: tone }, words);
    }
  });
  const knob = draw("circle", time, { cy: 50, r: 8, fill: "#FFE066", stroke: "#201A10", "stroke-width": 2 });
  let held = false;
  function point(e) {
    const r = time.getBoundingClientRect(), day = ((e.clientX - r.left) / r.width * 1000 - 14) / 972 * D.span;
    let best = 0;
    D.frames.forEach(function (f, n) { if (Math.abs(f.day - day) < Math.abs(D.frames[best].day - day)) best = n; });
    pause();
    go(best);
  }
  time.addEventListener("pointerdown", function (e) { held = true; time.setPointerCapture(e.pointerId); point(e); });
  time.addEventListener("pointermove", function (e) { if (held) point(e); });
  time.addEventListener("pointerup", function () { held = false; });

  // -- the record --------------------------------------------------------------------------------------------------------
  if (D.record.length) {
    const part = make("section", app), table = make("table", part), top = make("tr", make("thead", table)), body = make("tbody", table);
    part.insertBefore(make("h2", null, "", T.record), table);
    [T.place, T.history, T.game, T.days].forEach(function (t) { make("th", top, "", t); });
    D.record.forEach(function (r) {
      const tr = make("tr", body), place = make("td", tr);
      make("span", place, "dot s" + r[0]);
      place.appendChild(document.createTextNode(r[1]));
      make("td", tr, "", r[2]);
      make("td", tr, "", r[3]);
      make("td", tr, ["same", "late", "none", "early"][(r[5] + 4) % 4], r[4]);
    });
  }
  make("footer", app, "", T.key + " " + T.made);

  // -- going through it --------------------------------------------------------------------------------------------------
  let at = 0, share = 1, playing = false, before = 0;
  function show() {
    const f = D.frames[at];
    cardDate.textContent = f.date;
    cardTurn.textContent = T.turn.replace("{turn}", f.turn) + " \u00B7 " + f.who + " \u00B7 " + T.points + " " + signed(f.net);
    canvas.setAttribute("aria-label", D.title + ", " + f.date);
    slider.value = at;
    slider.setAttribute("aria-valuetext", f.date);
    knob.setAttribute("cx", tx(f.day));
    done.setAttribute("width", Math.max(0, tx(f.day) - 14));
    charts.forEach(function (c) { c(f.day); });
    log.textContent = "";
    f.log.forEach(function (row) {
      const li = make("li", log, row[3] ? "" : "first");
      make("span", li, "dot s" + row[0]);
      make("span", li, "", row[1]);
      make("span", li, "", row[2]);
    });
  }
  function go(n) {
    n = Math.min(Math.max(n, 0), N - 1);
    share = n === at + 1 ? 0 : 1;
    at = n;
    show();
    wake();
  }
  function play() {
    if (at === N - 1) go(0);
    playing = true;
    playButton.textContent = T.pause;
    wake();
  }
  function pause() {
    playing = false;
    playButton.textContent = T.play;
  }
  // Paints until nothing moves any more.
  let wait = 0, awake = false;
  function wake() {
    if (awake) return;
    awake = true;
    before = 0;
    requestAnimationFrame(tick);
  }
  function tick(now) {
    const passed = before ? Math.min((now - before) / 1000, 0.1) : 0;
    before = now;
    share = Math.min(1, share + passed * 2.2 * +speed.value);
    if (playing && share >= 1) {
      wait += passed * +speed.value;
      if (wait > 0.45) {
        wait = 0;
        if (at === N - 1) pause();
        else { at += 1; share = 0; show(); }
      }
    }
    paint(at, share);
    awake = playing || share < 1;
    if (awake) requestAnimationFrame(tick);
  }
  document.addEventListener("keydown", function (e) {
    if (e.target === slider || e.target === speed) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -N, End: N };
    if (e.key in steps) { e.preventDefault(); pause(); go(at + steps[e.key]); }
    else if (e.key === " " && e.target.tagName !== "BUTTON") { e.preventDefault(); playing ? pause() : play(); }
  });
  function resize() {
    const wide = Math.max(200, box.clientWidth), fine = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.round(wide * fine);
    canvas.height = Math.round(wide * fine * D.h / D.w);
    if (base.complete && atlas.complete) paint(at, share);
  }
  window.addEventListener("resize", resize);
  let missing = 2;
  function ready() {
    missing -= 1;
    if (missing) return;
    resize();
    const wanted = parseInt(location.hash.slice(1), 10);
    go(wanted >= 0 ? wanted : 0);
    document.documentElement.dataset.ready = String(N);
  }
  base.onload = atlas.onload = ready;
  base.src = D.base;
  atlas.src = D.atlas;
})();
