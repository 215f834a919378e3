# The same series through R's forecast package: rows of a CSV (units, oldest first, NA: not known), one series a row.
# Rscript forecast.R METHOD HORIZON FREQUENCY IN OUT; OUT: mean and standard deviation by period ahead; prints seconds.
suppressPackageStartupMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
method <- arguments[1]
horizon <- as.integer(arguments[2])
frequency <- as.integer(arguments[3])
lines <- readLines(arguments[4])
series <- lapply(strsplit(lines, ","), function(cells) { y <- as.numeric(cells); y[!is.na(y)] })
out <- matrix(0, length(series), 2 * horizon)
started <- proc.time()[["elapsed"]]
for (i in seq_along(series)) {
  y <- ts(series[[i]], frequency = frequency)
  if (method == "croston") {
    said <- croston(y, h = horizon)
    out[i, ] <- c(pmax(0, as.numeric(said$mean)), rep(NA, horizon))
  } else {
    # Weeks: R's ets takes no season longer than 24 periods; months: none in three years of counts this sparse.
    fit <- ets(ts(series[[i]]), model = "ZZN")
    said <- forecast(fit, h = horizon, level = 80)
    spread <- (as.numeric(said$upper) - as.numeric(said$mean)) / qnorm(0.9)
    out[i, ] <- c(pmax(0, as.numeric(said$mean)), spread)
  }
}
cat(proc.time()[["elapsed"]] - started, "\n")
write.table(out, arguments[5], sep = ",", row.names = FALSE, col.names = FALSE)
