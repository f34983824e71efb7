"""The game as an environment for reinforcement learning, in the form of PettingZoo."""
