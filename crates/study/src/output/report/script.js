// Charts to play with: plain SVG from the numbers in the page. Nothing is loaded or sent.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("numbers").textContent);
  var SVG = "http://www.w3.org/2000/svg";
  var hidden = {}, month = null, current = data.indicators[0];
  var panels = [
    { id: "level", lines: function (one) { return one.levels; }, first: 0, heading: "Level" },
    { id: "difference", lines: function (one) { return one.differences; }, first: 1, heading: "Difference to " + data.scenarios[0].name }
  ].filter(function (panel) { return document.getElementById(panel.id); });

  function make(name, attributes, parent, text) {
    var element = document.createElementNS(SVG, name);
    for (var key in attributes) { element.setAttribute(key, attributes[key]); }
    if (text !== undefined) { element.textContent = text; }
    if (parent) { parent.appendChild(element); }
    return element;
  }
  function isNumber(value) { return typeof value === "number" && isFinite(value); }
  function group(text) { return text.replace(/\B(?=(\d{3})+(?!\d))/g, ","); }

  // A number for people; a change of a share is told in points.
  function write(value, isChange, digits) {
    if (!isNumber(value)) { return "–"; }
    var percent = current.form === "percent";
    var size = Math.abs(percent ? 100 * value : value), unit = "";
    if (size >= 1e9) { size /= 1e9; unit = "B"; } else if (size >= 1e6) { size /= 1e6; unit = "M"; }
    if (digits === undefined) {
      digits = percent ? 1 : unit ? 2 : current.form === "index" ? (size < 10 ? 3 : 1) : (size < 10 && size > 0 ? 2 : 0);
    }
    var number = size.toFixed(digits);
    var sign = value < 0 && /[1-9]/.test(number) ? "−" : isChange && /[1-9]/.test(number) ? "+" : "";
    var parts = number.split(".");
    number = group(parts[0]) + (parts.length > 1 ? "." + parts[1] : "");
    var before = current.form === "dollars" ? "$" : "";
    var after = percent ? (isChange ? " points" : "%") : "";
    return sign + before + number + unit + after;
  }
  function monthName(at) {
    var date = /^(\d+)-(\d+)$/.exec(data.start || "");
    if (!date) { return "Month " + at; }
    var total = Number(date[1]) * 12 + Number(date[2]) - 1 + at;
    var names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    return names[total % 12] + " " + Math.floor(total / 12);
  }
  function monthTicks(width) {
    var date = /^(\d+)-(\d+)$/.exec(data.start || ""), ticks = [];
    var every = Math.max(1, Math.ceil(data.months / 12 / Math.max(2, Math.floor(width / 70))));
    var first = date ? (13 - Number(date[2])) % 12 : 0;
    for (var at = first; at < data.months; at += 12 * every) {
      ticks.push([at, date ? monthName(at).slice(4) : String(at)]);
    }
    return ticks;
  }
  function valueTicks(low, high) {
    if (!(high > low)) { high = low + (Math.abs(low) || 1) * 0.1; low = low - (Math.abs(low) || 1) * 0.1; }
    var rough = (high - low) / 4, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 5, 10].map(function (n) { return n * power; }).filter(function (n) { return n >= rough; })[0] || 10 * power;
    var ticks = [];
    for (var n = Math.floor(low / step); n <= Math.ceil(high / step); n += 1) { ticks.push(n * step); }
    return { ticks: ticks, step: step };
  }
  function tickDigits(step, most) {
    var size = current.form === "percent" ? 100 * step : most >= 1e9 ? step / 1e9 : most >= 1e6 ? step / 1e6 : step;
    return Math.max(0, Math.min(6, -Math.floor(Math.log10(size) + 1e-9)));
  }
  // Heights of labels, pushed apart.
  function spread(wanted, apart, bottom) {
    var order = wanted.map(function (y, i) { return i; }).sort(function (a, b) { return wanted[a] - wanted[b]; });
    var placed = [], next = -Infinity, limit = bottom;
    order.forEach(function (i) { placed[i] = Math.max(wanted[i], next); next = placed[i] + apart; });
    order.slice().reverse().forEach(function (i) { placed[i] = Math.min(placed[i], limit); limit = placed[i] - apart; });
    return placed;
  }

  function shownLines(panel) {
    return panel.lines(current).map(function (line, i) {
      var scenario = i + panel.first;
      return { scenario: scenario, name: data.scenarios[scenario].name, color: data.scenarios[scenario].color, mid: line[0], low: line[1], high: line[2] };
    }).filter(function (line) { return !hidden[line.scenario]; });
  }
  function lastOf(values) {
    for (var i = values.length - 1; i >= 0; i -= 1) { if (isNumber(values[i])) { return i; } }
    return -1;
  }
  function path(values, x, y) {
    var text = "", pen = "M";
    values.forEach(function (value, i) {
      if (isNumber(value)) { text += pen + x(i).toFixed(1) + " " + y(value).toFixed(1); pen = "L"; } else { pen = "M"; }
    });
    return text;
  }
  function area(low, high, x, y) {
    var there = [], back = [];
    low.forEach(function (value, i) {
      if (isNumber(value) && isNumber(high[i])) {
        there.push(x(i).toFixed(1) + " " + y(value).toFixed(1));
        back.unshift(x(i).toFixed(1) + " " + y(high[i]).toFixed(1));
      }
    });
    return there.length ? "M" + there.concat(back).join("L") + "Z" : "";
  }

  function draw(panel, width) {
    var place = document.getElementById(panel.id), isChange = panel.id === "difference";
    width = Math.max(280, width || place.clientWidth);
    var narrow = width < 560, height = isChange ? 240 : 300;
    var room = narrow ? 8 : 190, left = 62, right = width - room, top = 30, bottom = height - 26;
    var lines = shownLines(panel), all = isChange ? [0] : [];
    var banded = lines.length <= 3;
    lines.forEach(function (line) {
      all = all.concat(line.mid, banded ? line.low : [], banded ? line.high : []);
    });
    all = all.filter(isNumber);
    place.textContent = "";
    var svg = make("svg", { viewBox: "0 0 " + width + " " + height, width: width, height: height, "aria-hidden": "true" }, place);
    make("text", { x: 0, y: 14, "class": "name", fill: "#1b1b1b" }, svg, panel.heading + (isChange ? "" : ": " + current.label));
    if (!all.length) { make("text", { x: left, y: height / 2, "class": "tick" }, svg, "No numbers here."); return; }
    var scale = valueTicks(Math.min.apply(null, all), Math.max.apply(null, all));
    var low = scale.ticks[0], high = scale.ticks[scale.ticks.length - 1];
    function x(at) { return left + (right - left) * at / Math.max(1, data.months - 1); }
    function y(value) { return bottom - (bottom - top) * (value - low) / (high - low); }
    var most = Math.max(Math.abs(low), Math.abs(high)), digits = tickDigits(scale.step, most);
    scale.ticks.forEach(function (tick) {
      if (Math.abs(tick) < scale.step * 1e-6) { tick = 0; }
      make("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), "class": tick === 0 ? "zero" : "grid", stroke: tick === 0 ? "#7a7a7a" : "#e2e2e2" }, svg);
      var text = write(tick, isChange, digits).replace(" points", "");
      make("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end", "class": "tick", fill: "#595959" }, svg, text);
    });
    monthTicks(right - left).forEach(function (tick) {
      make("line", { x1: x(tick[0]), x2: x(tick[0]), y1: bottom, y2: bottom + 5, stroke: "#7a7a7a" }, svg);
      make("text", { x: x(tick[0]), y: bottom + 19, "text-anchor": "middle", "class": "tick", fill: "#595959" }, svg, tick[1]);
    });
    if (banded) {
      lines.forEach(function (line) { make("path", { d: area(line.low, line.high, x, y), fill: line.color, "fill-opacity": 0.16 }, svg); });
    }
    lines.slice().reverse().forEach(function (line) {
      make("path", { d: path(line.mid, x, y), fill: "none", stroke: line.color, "stroke-width": 2.2 }, svg);
    });
    if (!narrow) {
      var ends = lines.map(function (line) { var at = lastOf(line.mid); return at < 0 ? bottom : y(line.mid[at]); });
      spread(ends, 15, bottom + 10).forEach(function (at, i) {
        make("path", { d: "M" + right + " " + ends[i] + "L" + (right + 9) + " " + at, stroke: lines[i].color, fill: "none" }, svg);
        var label = lines[i].name.length > 18 ? lines[i].name.slice(0, 17) + "…" : lines[i].name;
        var text = make("text", { x: right + 13, y: at + 4, "class": "name", fill: lines[i].color, "font-weight": 600 }, svg, label + " ");
        make("tspan", { "class": "tick", fill: "#595959", "font-weight": 400 }, text, write(lines[i].mid[lastOf(lines[i].mid)], isChange).replace(" points", ""));
      });
    }
    if (month !== null) {
      make("line", { x1: x(month), x2: x(month), y1: top, y2: bottom, stroke: "#595959", "stroke-dasharray": "3 3" }, svg);
      lines.forEach(function (line) {
        if (isNumber(line.mid[month])) { make("circle", { cx: x(month), cy: y(line.mid[month]), r: 4, fill: line.color, stroke: "#fff" }, svg); }
      });
    }
    place.setAttribute("aria-label", panel.heading + ": " + current.label + ". " + lines.map(function (line) {
      return line.name + " " + write(line.mid[lastOf(line.mid)], isChange) + " at the end";
    }).join("; "));
    panel.monthAt = function (pixel) {
      var scaled = pixel * width / place.clientWidth;
      return Math.max(0, Math.min(data.months - 1, Math.round((scaled - left) / (right - left) * (data.months - 1))));
    };
  }

  function read() {
    var text = "";
    if (month !== null) {
      text = monthName(month) + ". " + panels.map(function (panel) {
        var isChange = panel.id === "difference";
        return (isChange ? "Difference: " : "") + shownLines(panel).map(function (line) {
          var told = line.name + " " + write(line.mid[month], isChange);
          if (line.low.length && isNumber(line.low[month])) {
            told += " (" + write(line.low[month], isChange).replace(/ points|%$/, "") + " to " + write(line.high[month], isChange) + ")";
          }
          return told;
        }).join("; ");
      }).join(". ") + ".";
    }
    document.getElementById("reading").textContent = text;
  }
  function refresh(width) {
    document.getElementById("meaning").textContent = current.text + " Unit: " + current.unit + ".";
    panels.forEach(function (panel) { draw(panel, width); });
    read();
  }
  function moveTo(at) {
    if (at !== month) { month = at; refresh(); }
  }

  var select = document.getElementById("indicator"), groups = {};
  data.indicators.forEach(function (one, i) {
    if (!groups[one.group]) {
      groups[one.group] = document.createElement("optgroup");
      groups[one.group].label = one.group;
      select.appendChild(groups[one.group]);
    }
    var option = document.createElement("option");
    option.value = String(i);
    option.textContent = one.label;
    groups[one.group].appendChild(option);
  });
  select.addEventListener("change", function () { current = data.indicators[Number(select.value)]; refresh(); });
  data.scenarios.forEach(function (scenario, i) {
    var label = document.createElement("label"), box = document.createElement("input"), dot = document.createElement("span");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", function () { hidden[i] = !box.checked; refresh(); });
    dot.className = "dot";
    dot.style.background = scenario.color;
    label.appendChild(box);
    label.appendChild(document.createTextNode(" "));
    label.appendChild(dot);
    label.appendChild(document.createTextNode(scenario.name));
    document.getElementById("toggles").appendChild(label);
  });
  panels.forEach(function (panel) {
    var place = document.getElementById(panel.id);
    place.addEventListener("pointermove", function (event) {
      if (panel.monthAt) { moveTo(panel.monthAt(event.clientX - place.getBoundingClientRect().left)); }
    });
    place.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -12, PageUp: 12 }[event.key];
      if (step) {
        event.preventDefault();
        moveTo(Math.max(0, Math.min(data.months - 1, (month === null ? data.months - 1 : month) + step)));
      }
    });
  });

  function save(name, address) {
    var link = document.createElement("a");
    link.download = name;
    link.href = address;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }
  document.getElementById("save-csv").addEventListener("click", function () {
    var rows = ["panel,month,scenario,value,low,high"];
    panels.forEach(function (panel) {
      shownLines(panel).forEach(function (line) {
        line.mid.forEach(function (value, at) {
          var cells = [value, line.low[at], line.high[at]].map(function (cell) { return isNumber(cell) ? cell : ""; });
          rows.push([panel.id, at, line.name].concat(cells).join(","));
        });
      });
    });
    var file = new Blob([rows.join("\n") + "\n"], { type: "text/csv" });
    var address = URL.createObjectURL(file);
    save(current.id + ".csv", address);
    setTimeout(function () { URL.revokeObjectURL(address); }, 10000);
  });
  document.getElementById("save-png").addEventListener("click", function () {
    var width = 960, heights = panels.map(function (panel) { return panel.id === "difference" ? 240 : 300; });
    month = null;
    refresh(width);
    var total = heights.reduce(function (a, b) { return a + b; }, 0) + 40;
    var canvas = document.createElement("canvas"), waiting = panels.length, top = 20;
    canvas.width = 2 * (width + 40);
    canvas.height = 2 * total;
    var pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    panels.forEach(function (panel, i) {
      var svg = document.getElementById(panel.id).firstChild.cloneNode(true), image = new Image(), at = top;
      svg.setAttribute("font-family", "Inter, Helvetica, Arial, sans-serif");
      svg.setAttribute("font-size", "12");
      top += heights[i];
      image.onload = function () {
        pen.drawImage(image, 20, at, width, heights[i]);
        waiting -= 1;
        if (!waiting) { save(current.id + ".png", canvas.toDataURL("image/png")); }
      };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    });
    refresh();
  });

  window.addEventListener("resize", function () { refresh(); });
  window.addEventListener("beforeprint", function () { refresh(680); });
  window.addEventListener("afterprint", function () { refresh(); });
  refresh();
})();
