// Loaded into child processes: when the starter is gone, however it died, they go too.
process.on('disconnect', () => process.exit(0));
