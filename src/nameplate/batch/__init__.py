"""Many documents: archives cut into shards, taken by workers on one machine or a cluster."""
