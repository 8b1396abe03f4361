// A test of the compiler, not of seatrial: the coroutine idioms that the code relies on. g++ 12
// miscompiles many others (docs/coroutines.md). A compiler that fails here must not build a
// release. The task type is the smallest that can hold a value and await another task; it shares
// nothing with the engine, so that a failure here accuses the compiler alone.
#include <gtest/gtest.h>

#include <coroutine>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

int alive = 0;       // objects of type Counted
int frames = 0;      // coroutine frames
bool twice = false;  // an object was destroyed twice, or destroyed without having been made

// Not trivial in any way: owns memory, knows its own address and counts itself.
class Counted {
 public:
  explicit Counted(std::string text) : text_{std::move(text)} { ++alive; }
  Counted(const Counted& other) : text_{other.text_} { ++alive; }
  Counted(Counted&& other) noexcept : text_{std::move(other.text_)} { ++alive; }
  Counted& operator=(Counted&& other) noexcept {
    text_ = std::move(other.text_);
    return *this;
  }
  ~Counted() {
    if (self_ != this) twice = true;
    self_ = nullptr;
    --alive;
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  const Counted* self_ = this;
};

// Options as the code writes them: with a constructor, so not an aggregate.
struct Options {
  explicit Options(Counted first_name) : name{std::move(first_name)} {}
  Counted name;
  int attempts = 2;
};

// An aggregate is safe beside co_await when a function returns it, not when it is made there.
struct Letter {
  Counted text;
  int copies = 1;
};

Letter letter_of(const Counted& text) { return Letter{text}; }
Counted copy_of(const Counted& text) { return text; }

template <class T>
class [[nodiscard]] Task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::coroutine_handle<> caller = nullptr;

    Task get_return_object() {
      return Task{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    auto final_suspend() noexcept {
      struct ResumeCaller {
        bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<promise_type> done) noexcept {
          if (done.promise().caller) done.promise().caller.resume();
        }
        void await_resume() noexcept {}
      };
      return ResumeCaller{};
    }
    void return_value(T result) { value.emplace(std::move(result)); }
    void unhandled_exception() { std::terminate(); }

    static void* operator new(std::size_t size) {
      ++frames;
      return ::operator new(size);
    }
    static void operator delete(void* frame) {
      --frames;
      ::operator delete(frame);
    }
  };

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
  Task(Task&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}
  ~Task() {
    if (handle_) handle_.destroy();
  }

  void start() { handle_.resume(); }
  bool is_done() const { return handle_.done(); }
  const T& value() const { return *handle_.promise().value; }

  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> caller) {
    handle_.promise().caller = caller;
    handle_.resume();
  }
  T await_resume() { return std::move(*handle_.promise().value); }

 private:
  std::coroutine_handle<promise_type> handle_;
};

// Suspends until somebody opens it.
class Gate {
 public:
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiter) { waiter_ = waiter; }
  void await_resume() const {}
  void open() { std::exchange(waiter_, nullptr).resume(); }

 private:
  std::coroutine_handle<> waiter_ = nullptr;
};

Task<Counted> echo(Counted value) { co_return value; }

Task<Counted> echo_after(Gate& gate, Options options) {
  co_await gate;
  co_return options.name;
}

Task<Counted> open_letter(Gate& gate, Letter letter, Counted greeting) {
  co_await gate;
  co_return Counted{greeting.text() + letter.text.text()};
}

// `const T x = co_await f(values);`
Task<Counted> awaits_into_a_constant(Gate& gate, Options options) {
  const Counted before{"before"};
  const Counted answer = co_await echo_after(gate, options);
  const Counted moved = co_await echo(std::move(options.name));
  co_return Counted{before.text() + " " + answer.text() + " " + moved.text()};
}

// `x = co_await f(values);`
Task<Counted> assigns(Gate& gate, Options options) {
  Counted answer{"none"};
  answer = co_await echo_after(gate, options);
  options.name = co_await echo(answer);
  co_return options.name;
}

// Values that functions return, nested.
Task<Counted> passes_what_functions_return(Gate& gate, Options options) {
  const Counted& name = options.name;
  const Counted first = co_await open_letter(gate, letter_of(copy_of(name)), copy_of(name));
  co_await open_letter(gate, letter_of(first), copy_of(name));
  co_return co_await open_letter(gate, letter_of(first), copy_of(copy_of(name)));
}

// `co_await f(values);` whose value is dropped, in a loop and in a branch.
Task<Counted> awaits_and_drops(Gate& gate, Options options) {
  for (int attempt = 0; attempt < options.attempts; ++attempt) {
    if (attempt > 0) {
      co_await echo(options.name);
    }
    co_await gate;
  }
  co_return options.name;
}

// `co_return co_await f(values);`
Task<Counted> returns_what_it_awaits(Gate& gate, Options options) {
  co_return co_await echo_after(gate, options);
}

// A value named first stands in for a condition.
Task<Counted> decides_on_a_named_value(Gate& gate, Options options) {
  const Counted answer = co_await echo_after(gate, options);
  if (answer.text() == "name") {
    co_return co_await echo(answer);
  }
  co_return options.name;
}

Task<Counted> nests(Gate& gate, Options options, int depth) {
  const Counted local{"local"};
  if (depth == 0) {
    co_return co_await echo_after(gate, options);
  }
  const int below = depth - 1;
  const Counted answer = co_await nests(gate, options, below);
  co_return answer;
}

class Compiler : public ::testing::Test {
 protected:
  void SetUp() override {
    alive = 0;
    frames = 0;
    twice = false;
  }
  void TearDown() override {
    EXPECT_EQ(alive, 0) << "objects that live on, or (negative) that were destroyed twice";
    EXPECT_EQ(frames, 0) << "coroutine frames that live on";
    EXPECT_FALSE(twice) << "an object was destroyed that had moved by bytes or was gone";
  }

  // Opens the gate until the task has ended.
  static std::string text_of(Task<Counted> task, Gate& gate) {
    task.start();
    while (!task.is_done()) gate.open();
    return task.value().text();
  }

  Gate gate;
};

Options named() { return Options{Counted{"name"}}; }

}  // namespace

TEST_F(Compiler, AwaitsIntoAConstant) {
  EXPECT_EQ(text_of(awaits_into_a_constant(gate, named()), gate), "before name name");
}

TEST_F(Compiler, AssignsWhatItAwaits) { EXPECT_EQ(text_of(assigns(gate, named()), gate), "name"); }

TEST_F(Compiler, PassesWhatFunctionsReturn) {
  EXPECT_EQ(text_of(passes_what_functions_return(gate, named()), gate), "namenamename");
}

TEST_F(Compiler, AwaitsAndDropsTheValueInLoopsAndBranches) {
  EXPECT_EQ(text_of(awaits_and_drops(gate, named()), gate), "name");
}

TEST_F(Compiler, ReturnsWhatItAwaits) {
  EXPECT_EQ(text_of(returns_what_it_awaits(gate, named()), gate), "name");
}

TEST_F(Compiler, DecidesOnANamedValue) {
  EXPECT_EQ(text_of(decides_on_a_named_value(gate, named()), gate), "name");
}

TEST_F(Compiler, NestsTasks) { EXPECT_EQ(text_of(nests(gate, named(), 20), gate), "name"); }

TEST_F(Compiler, FreesATaskThatWasNeverStarted) {
  const Task<Counted> task = awaits_into_a_constant(gate, named());

  EXPECT_EQ(alive, 1);  // the parameter; clang may keep such a frame on the stack
}

TEST_F(Compiler, FreesWhatASuspendedTaskOwnsWhenItIsDestroyed) {
  std::vector<Task<Counted>> tasks;
  std::vector<Gate> gates(7);
  tasks.push_back(awaits_into_a_constant(gates[0], named()));
  tasks.push_back(awaits_and_drops(gates[1], named()));
  tasks.push_back(returns_what_it_awaits(gates[2], named()));
  tasks.push_back(decides_on_a_named_value(gates[3], named()));
  tasks.push_back(nests(gates[4], named(), 20));
  tasks.push_back(assigns(gates[5], named()));
  tasks.push_back(passes_what_functions_return(gates[6], named()));

  for (Task<Counted>& task : tasks) task.start();

  EXPECT_GT(frames, 20);
  EXPECT_GT(alive, 40);
}
