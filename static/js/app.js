(function () {
  "use strict";

  var summary = document.querySelector(".govuk-error-summary");
  if (summary) summary.focus();

  // A pressed button stays enabled, so that its name and value are sent; a second press is ignored.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var button = event.submitter;
    if (event.defaultPrevented || form.method === "get" || form.method === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    unsaved.delete(form);
    if (button && button.dataset.busy) {
      button.setAttribute("aria-disabled", "true");
      button.dataset.idle = button.textContent;
      button.textContent = button.dataset.busy;
      form.setAttribute("aria-busy", "true");
    }
  });

  // Back to a page kept by the browser, or from a download: the buttons work again.
  function wake() {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
    document.querySelectorAll("button[data-idle]").forEach(function (button) {
      button.textContent = button.dataset.idle;
      button.removeAttribute("aria-disabled");
      delete button.dataset.idle;
    });
  }
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) wake();
  });

  var unsaved = new Set();
  document.querySelectorAll("form[data-warn-unsaved]").forEach(function (form) {
    if (form.dataset.warnUnsaved === "now") unsaved.add(form);
    form.addEventListener("input", function () {
      unsaved.add(form);
    });
  });
  window.addEventListener("beforeunload", function (event) {
    if (unsaved.size) event.preventDefault();
  });

  document.querySelectorAll("[data-toggle-all]").forEach(function (button) {
    var all = document.querySelectorAll(button.dataset.toggleAll + " > details");
    function someShut() {
      return Array.prototype.some.call(all, function (one) { return !one.open; });
    }
    function name() {
      button.textContent = someShut() ? "Open all" : "Close all";
    }
    button.hidden = all.length < 2;
    button.addEventListener("click", function () {
      var open = someShut();
      all.forEach(function (one) { one.open = open; });
      name();
    });
    all.forEach(function (one) { one.addEventListener("toggle", name); });
    name();
  });

  // A link to a field inside something shut opens it first.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var box = target && target.closest("details");
    if (!box) return;
    box.open = true;
    target.scrollIntoView();
    target.focus();
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
