// Files dropped anywhere on the page land in the form; a batch that is being read shows how far it is.

const input = document.querySelector("#files");
const drop = document.querySelector("#drop");

if (input) {
  for (const event of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(event, (e) => {
      e.preventDefault();
      drop.classList.toggle("over", event === "dragover");
      if (event === "drop" && e.dataTransfer.files.length) input.files = e.dataTransfer.files;
    });
  }
}

if (document.querySelector("[data-reading]")) setTimeout(() => location.reload(), 700);
