(function () {
  "use strict";

  var table = document.querySelector(".app-grid");
  if (!table) return;

  function fields(row) {
    return Array.prototype.map.call(row.querySelectorAll("td"), function (cell) {
      return cell.querySelector("input");
    });
  }
  function rows() {
    return Array.prototype.map.call(table.querySelectorAll("tbody tr"), fields);
  }
  function place(input, all) {
    for (var row = 0; row < all.length; row++) {
      var column = all[row].indexOf(input);
      if (column >= 0) return { row: row, column: column };
    }
    return null;
  }

  // A block pasted into a cell fills its neighbours, as in a spreadsheet; what has headings goes to the
  // field below, which finds its place by them.
  table.addEventListener("paste", function (event) {
    var text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!text || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    var block = text.replace(/\r?\n$/, "").split(/\r?\n/).map(function (line) { return line.split("\t"); });
    var all = rows();
    var start = place(event.target, all);
    if (!start || hasWords(block) || !fits(block, start, all)) {
      hand(text, start);
      return;
    }
    block.forEach(function (line, down) {
      line.forEach(function (value, across) {
        var input = all[start.row + down][start.column + across];
        if (input && value.trim()) input.value = value.trim();
      });
    });
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  function hasWords(block) {
    return block.some(function (line) { return !/^[\s\d.,%/+−-]*$/.test(line[0]); }) ||
      block[0].some(function (cell) { return /[a-z]{3}/i.test(cell) && !/ of /.test(cell); });
  }
  function fits(block, start, all) {
    return block.every(function (line, down) {
      return line.every(function (value, across) {
        return !value.trim() || (all[start.row + down] || [])[start.column + across];
      });
    });
  }
  function hand(text, start) {
    var field = document.getElementById("pasted");
    field.value = text;
    if (start) {
      document.getElementById("first").selectedIndex = start.row;
      document.getElementById("from").selectedIndex = start.column;
    }
    document.querySelector("button[name=read]").click();
  }

  // Enter and the arrows up and down go to the next measure, as in a spreadsheet.
  table.addEventListener("keydown", function (event) {
    var step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    var all = rows();
    var here = place(event.target, all);
    if (!here) return;
    event.preventDefault();
    var next = (all[here.row + step] || [])[here.column];
    if (next) {
      next.focus();
      next.select();
    }
  });
})();
