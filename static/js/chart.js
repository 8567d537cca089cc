(function () {
  "use strict";

  // No upload, no bar of buttons: the chart is for reading, and its figures have a download.
  var CONFIG = { displayModeBar: false, responsive: true, plotlyServerURL: "", showSendToCloud: false };

  function draw(box) {
    var data = document.getElementById(box.dataset.figure);
    var figure = JSON.parse(data.textContent);
    if (window.innerWidth <= 640) {
      Object.assign(figure.layout, figure.narrow.layout);
      figure.data[figure.data.length - 1].marker.size = figure.narrow.size;
    }
    return window.Plotly.newPlot(box, figure.data, figure.layout, CONFIG);
  }

  // The drawing from the server steps back on screen only once the live one stands; in print it stays.
  function takeOver(box) {
    box.hidden = false;
    draw(box).then(function () {
      box.closest(".app-figure").classList.add("app-figure--live");
    }, function () {
      box.hidden = true;
    });
  }

  function load(source, then) {
    if (window.Plotly) return then();
    var script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", then);
    document.head.appendChild(script);
  }

  document.querySelectorAll("[data-figure]").forEach(function (box) {
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", box.closest(".app-figure").querySelector("figcaption").textContent);
    if (!("onRequest" in box.dataset)) takeOver(box);
  });

  document.querySelectorAll("[data-draw]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      button.hidden = true;
      load(button.dataset.source, function () {
        takeOver(document.getElementById(button.dataset.draw));
      });
    });
  });
})();
