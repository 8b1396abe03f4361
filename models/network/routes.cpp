#include "models/network/routes.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

namespace seatrial::models {

namespace {

struct Edge {
  std::int64_t length = 0;  // ns
  std::uint32_t link = 0;
};

using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Edge>;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Notes by which link each place was reached on the shortest way so far.
struct LastLink : boost::default_dijkstra_visitor {
  explicit LastLink(std::vector<std::uint32_t>& links) : of{&links} {}

  void edge_relaxed(Graph::edge_descriptor edge, const Graph& graph) const {
    (*of)[boost::target(edge, graph)] = graph[edge].link;
  }

  std::vector<std::uint32_t>* of;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> shortest_routes(std::uint32_t places,
                                                        std::span<const RouteLink> links,
                                                        std::uint32_t start) {
  Graph graph{places};
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    boost::add_edge(links[i].from, links[i].to, Edge{links[i].length.ns(), i}, graph);
  }
  std::vector<std::uint32_t> last_link(places, none);
  boost::dijkstra_shortest_paths(
      graph, start,
      boost::weight_map(boost::get(&Edge::length, graph)).visitor(LastLink{last_link}));

  std::vector<std::vector<std::uint32_t>> routes(places);
  for (std::uint32_t place = 0; place < places; ++place) {
    if (place == start) continue;
    for (std::uint32_t at = place; last_link[at] != none; at = links[last_link[at]].from) {
      routes[place].push_back(last_link[at]);
    }
    std::reverse(routes[place].begin(), routes[place].end());
  }
  return routes;
}

}  // namespace seatrial::models
