"""How two players who learn by steps come to their equilibrium, or don't (Mescheder et al. 2017, 2018)."""

from ganmath.theory.proofs import (
    dirac_consensus,
    dirac_games,
    dirac_lookahead,
    dirac_penalties,
    dirac_turns,
    gan_jacobian,
    linear_quadratic,
)
from ganmath.theory.theorem import Theorem

PAGE = "dynamics"
MESCHEDER = "Mescheder, Geiger & Nowozin (2018)"
NUMERICS = "Mescheder, Nowozin & Geiger (2017)"

THEOREMS = (
    Theorem(
        key="dirac-gan",
        title="The Dirac-GAN goes round",
        statement=r"\lambda = \pm \tfrac{i}{2}, \qquad \frac{\mathrm{d}}{\mathrm{d}t} (\theta^2 + \psi^2) = 0, \qquad "
        r"\theta'^2 + \psi'^2 = (\theta^2 + \psi^2) (1 + h^2 f'(\theta \psi)^2), \qquad |\mu|^2 = 1 + \tfrac{h^2}{4}",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_games.gan,
        false_neighbour=dirac_games.with_steps_that_lead_inwards,
        certificate="dirac-gan",
        experiment="dirac",
    ),
    Theorem(
        key="dirac-non-saturating",
        title="The non-saturating Dirac-GAN",
        statement=r"\lambda = \pm \tfrac{i}{2}, \qquad \frac{\mathrm{d}}{\mathrm{d}t} (\theta^2 + \psi^2) "
        r"= -2 \theta \psi \tanh \tfrac{\theta \psi}{2} \le 0, \qquad |\mu|^2 = 1 + \tfrac{h^2}{4}",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_games.non_saturating,
        false_neighbour=dirac_games.with_the_push_the_other_way,
        certificate="dirac-non-saturating",
        experiment="dirac",
    ),
    Theorem(
        key="dirac-wgan",
        title="The Dirac-WGAN without a Lipschitz bound",
        statement=r"\lambda = \pm i, \qquad \frac{\mathrm{d}}{\mathrm{d}t} (\theta^2 + \psi^2) = 0, \qquad "
        r"\theta'^2 + \psi'^2 = (\theta^2 + \psi^2) (1 + h^2)",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_games.wgan,
        false_neighbour=dirac_games.with_the_radius_kept,
        certificate="dirac-wgan",
        experiment="dirac",
    ),
    Theorem(
        key="dirac-wgan-gp",
        title="The field of the Dirac-WGAN-GP jumps",
        statement=r"\lim_{\psi \to 0\pm} \dot\psi = \theta \pm \gamma",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_games.wgan_gp,
        false_neighbour=dirac_games.with_one_slope_of_the_norm,
        certificate="dirac-wgan-gp",
        experiment="dirac",
    ),
    Theorem(
        key="step-size",
        title="Which steps settle",
        statement=r"|1 + h \lambda| < 1 \iff h < \frac{1}{|\mathrm{Re}\,\lambda|} \cdot "
        r"\frac{2}{1 + (\mathrm{Im}\,\lambda / \mathrm{Re}\,\lambda)^2}, \quad \mathrm{Re}\,\lambda < 0",
        source=NUMERICS,
        page=PAGE,
        derivation=dirac_consensus.step_size,
        false_neighbour=dirac_consensus.with_the_ratio_not_squared,
        certificate="step-size",
        experiment="dirac",
    ),
    Theorem(
        key="dirac-r1",
        title="The Dirac-GAN with R1",
        statement=r"\lambda = -\tfrac{\gamma}{2} \pm \sqrt{\tfrac{\gamma^2}{4} - \tfrac14}, \qquad \max |\mu| < 1 "
        r"\iff h < 4 \gamma \; (\gamma \le 1), \quad h < \frac{4}{\gamma + \sqrt{\gamma^2 - 1}} \; (\gamma \ge 1)",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_penalties.r1,
        false_neighbour=dirac_penalties.with_twice_the_limit,
        certificate="dirac-r1",
        experiment="dirac",
    ),
    Theorem(
        key="dirac-r1-r2",
        title="The Dirac-RpGAN with R1 and R2",
        statement=r"\lambda = -\gamma \pm \sqrt{\gamma^2 - \tfrac14}, \qquad \max |\mu| < 1 \iff h < 8 \gamma \; "
        r"(\gamma \le \tfrac12), \quad h < \frac{2}{\gamma + \sqrt{\gamma^2 - 1/4}} \; (\gamma \ge \tfrac12)",
        source="Mescheder, Geiger & Nowozin (2018); Huang et al. (2024)",
        page=PAGE,
        derivation=dirac_penalties.r1_r2,
        false_neighbour=dirac_penalties.with_one_penalty,
        certificate="dirac-r1-r2",
        experiment="dirac",
    ),
    Theorem(
        key="instance-noise",
        title="The Dirac-GAN with instance noise",
        statement=r"\lambda = -\tfrac{v}{4} \pm \sqrt{\tfrac{v^2}{16} - \tfrac14}, \qquad \max |\mu| < 1 \iff "
        r"h < 2 v \; (v \le 2), \quad h < \frac{2}{v/4 + \sqrt{v^2/16 - 1/4}} \; (v \ge 2)",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_penalties.instance_noise,
        false_neighbour=dirac_penalties.with_noise_on_the_generated_alone,
        certificate="instance-noise",
        experiment="dirac",
    ),
    Theorem(
        key="consensus",
        title="The Dirac-GAN by consensus optimisation",
        statement=r"\lambda = -\tfrac{\gamma}{4} \pm \tfrac{i}{2}, \qquad \max |\mu| < 1 \iff "
        r"h < \frac{8 \gamma}{\gamma^2 + 4}",
        source=NUMERICS,
        page=PAGE,
        derivation=dirac_consensus.consensus,
        false_neighbour=dirac_consensus.with_the_length_ascended,
        certificate="consensus",
        experiment="dirac",
    ),
    Theorem(
        key="alternating",
        title="The Dirac-GAN in turns",
        statement=r"\det M = 1, \quad \mathrm{tr}\, M = 2 - \tfrac{h^2}{4}, \qquad "
        r"\sup_n \|M^n\| < \infty \iff h < 4",
        source=MESCHEDER,
        page=PAGE,
        derivation=dirac_turns.alternating,
        false_neighbour=dirac_turns.with_psi_answering_too_late,
        certificate="alternating",
        experiment="dirac",
    ),
    Theorem(
        key="optimistic",
        title="The Dirac-GAN by optimistic steps",
        statement=r"\max |\mu| < 1 \iff h < \tfrac{2}{\sqrt 3}",
        source="Daskalakis et al. (2018)",
        page=PAGE,
        derivation=dirac_lookahead.optimistic,
        false_neighbour=dirac_lookahead.with_the_first_margin_alone,
        certificate="optimistic",
        experiment="dirac",
    ),
    Theorem(
        key="implicit",
        title="The Dirac-GAN by implicit steps",
        statement=r"|\mu|^2 = \frac{1}{1 + h^2/4} < 1",
        source="Rockafellar (1976), the proximal point method",
        page=PAGE,
        derivation=dirac_lookahead.implicit,
        false_neighbour=dirac_lookahead.with_the_explicit_step,
        certificate="implicit",
        experiment="dirac",
    ),
    Theorem(
        key="extragradient",
        title="The Dirac-GAN by extragradient steps",
        statement=r"|\mu|^2 = 1 - \tfrac{h^2}{4} + \tfrac{h^4}{16} \ge \tfrac34 = |\mu|^2_{h = \sqrt 2}, \qquad "
        r"|\mu| < 1 \iff h < 2",
        source="Korpelevich (1976)",
        page=PAGE,
        derivation=dirac_lookahead.extragradient,
        false_neighbour=dirac_lookahead.with_the_square_the_wrong_way,
        certificate="extragradient",
        experiment="dirac",
    ),
    Theorem(
        key="gan-jacobian",
        title="The Jacobian of a GAN at its equilibrium",
        statement=r"J = \begin{pmatrix} 0 & f'(0) K_{DG}^T \\ -f'(0) K_{DG} & 2 f''(0) K_{DD} \end{pmatrix}, \qquad "
        r"K_{DG} = \int \nabla_\psi D \, \nabla_\theta g^T, \quad "
        r"K_{DD} = \mathbb{E}_p \nabla_\psi D \, \nabla_\psi D^T, \quad \text{where } g = p \text{ and } D = 0",
        source="Nagarajan & Kolter (2017)",
        page=PAGE,
        derivation=gan_jacobian.gan_jacobian,
        false_neighbour=gan_jacobian.with_the_sign_lost,
        certificate="gan-jacobian",
        experiment="gan-jacobian",
    ),
    Theorem(
        key="linear-quadratic",
        title="The linear-quadratic WGAN with R1",
        statement=r"\lambda = -2 \gamma \pm 2 \sqrt{\gamma^2 - 1}, \qquad \max |\mu| < 1 "
        r"\iff h < \gamma \; (\gamma \le 1), \quad h < \frac{1}{\gamma + \sqrt{\gamma^2 - 1}} \; (\gamma \ge 1)",
        source="Nagarajan & Kolter (2017), the game",
        page=PAGE,
        derivation=linear_quadratic.linear_quadratic,
        false_neighbour=linear_quadratic.with_the_slope_of_a_line,
        certificate="linear-quadratic",
        experiment="dirac",
    ),
)
