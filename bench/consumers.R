# Loads in R what `saksi export` writes for it, and holds counts and values against the records.
#
#     apt-get install r-base-core r-cran-sf r-cran-jsonlite r-cran-readr    # or from CRAN, with eventreport
#     saksi read tests/articles --format jsonl > records.jsonl
#     Rscript bench/consumers.R target/quick/saksi records.jsonl

args <- commandArgs(trailingOnly = TRUE)
saksi <- args[1]
records <- args[2]
folder <- tempfile("consumers")
dir.create(folder)

export <- function(form, name) {
  path <- file.path(folder, name)
  code <- system2(saksi, c("export", "--as", form, "-o", path, "--records", records), stderr = FALSE)
  stopifnot(code == 0)
  path
}
told <- function(form, ...) cat(sprintf("%-12s", form), ..., "\n")

articles <- lapply(readLines(records, encoding = "UTF-8"), jsonlite::fromJSON, simplifyVector = FALSE)
texts <- vapply(articles, function(article) article$text, "")
reports <- sum(vapply(articles, function(article) length(article$events), 1L))

for (form in c("events", "reports", "spans")) {
  csv <- read.csv(export(form, paste0(form, ".csv")), encoding = "UTF-8")
  tsv <- readr::read_tsv(export(form, paste0(form, ".tsv")), quote = "", show_col_types = FALSE, progress = FALSE)
  stopifnot(nrow(csv) == nrow(tsv), identical(names(csv), names(tsv)))
  if (form == "reports") stopifnot(nrow(csv) == reports, !anyDuplicated(csv$report))
  if (form == "spans") {
    found <- vapply(seq_len(nrow(csv)), function(at) {
      any(substring(texts, csv$start[at] + 1, csv$end[at]) == csv$text[at])
    }, logical(1))
    stopifnot(all(found | grepl("[\r\n\t]", csv$text)))
  }
  told(form, nrow(csv), "rows, the same as CSV (read.csv) and TSV (readr)")
}

polecat <- readr::read_tsv(export("polecat", "polecat.txt"), quote = "", show_col_types = FALSE, progress = FALSE)
stopifnot(ncol(polecat) == 40, nrow(polecat) > 0, !anyDuplicated(polecat$`Event ID`))
told("polecat", nrow(polecat), "rows of", ncol(polecat), "columns (readr)")

map <- sf::st_read(export("geojson", "map.geojson"), quiet = TRUE)
stopifnot(nrow(map) > 0, all(sf::st_is_valid(map)))
told("geojson", nrow(map), "valid features (sf)")

if (requireNamespace("eventreport", quietly = TRUE)) {
  table <- read.csv(export("eventreport", "eventreport.csv"), encoding = "UTF-8")
  data("small_maverick_event_report", package = "eventreport")
  wanted <- setdiff(names(table), names(small_maverick_event_report))
  stopifnot(length(wanted) == 0)
  # As its help does: how much the reports of an event disagree.
  scores <- eventreport::mean_dscore(table, group_var = "event_id", variables = c("country", "actor1", "deaths_best"))
  stopifnot(nrow(as.data.frame(scores)) > 0)
  told("eventreport", nrow(table), "reports of", length(unique(table$event_id)), "events; mean_dscore:")
  print(as.data.frame(scores))
} else {
  told("eventreport", "is not installed")
}
