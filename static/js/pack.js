(function () {
  "use strict";

  // While a pack is made, its page is fetched again and what it says now takes the place of what it said.
  function look() {
    var here = document.getElementById("pack-state");
    if (!here || !here.dataset.lookAgain) return;
    window.setTimeout(function () {
      fetch(location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
        .then(function (page) {
          var there = new DOMParser().parseFromString(page, "text/html").getElementById("pack-state");
          if (!there) return;
          // Nothing is read out again as long as nothing has changed.
          if (!there.dataset.lookAgain) here.replaceWith(document.importNode(there, true));
          look();
        })
        .catch(look);
    }, Number(here.dataset.lookAgain));
  }
  look();
})();
