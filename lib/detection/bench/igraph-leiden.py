"""C igraph's Leiden on the edges that time-communities.ts left: a line of JSON for each number of iterations."""
import array, json, sys, time
import igraph

with open(sys.argv[1], "rb") as file:
    head = array.array("i"); head.fromfile(file, 2)
    nodes, count = head
    start, end, weight = array.array("i"), array.array("i"), array.array("d")
    start.fromfile(file, count); end.fromfile(file, count); weight.fromfile(file, count)
graph = igraph.Graph(n=nodes, edges=zip(start, end))
weights = list(weight)
for iterations in (2, 10):
    began = time.perf_counter()
    found = graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=iterations)
    seconds = time.perf_counter() - began
    print(json.dumps({"iterations": iterations, "seconds": seconds, "communities": len(found),
                      "modularity": graph.modularity(found.membership, weights=weights)}), flush=True)
